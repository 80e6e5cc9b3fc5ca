// Interface files: names, and the records of 1000.00, 2000.01 and IR01.00. Records are lines of fields parted by "|".

import { digits } from "./time.mjs";

const NAME = /^([A-Za-z0-9]{1,20})\.([A-Za-z0-9]{1,20})\.([A-Z0-9]{4})\.([0-9]{2})\.([0-9]{12}|[0-9]{14})\.DAT$/;

/** The elements of a file name (FTS-01), or null where it is none. */
export function readName(text) {
  const match = NAME.exec(text);
  if (match === null) return null;
  const [, ldc, submitter, fileId, version, created] = match;
  return isDateTime(created) ? { ldc, submitter, fileId, version } : null;
}

function isDateTime(text) {
  const [year, month, date, hour, minute, second] = [0, 4, 6, 8, 10, 12].map((at) =>
    Number(text.slice(at, at === 0 ? 4 : at + 2)),
  );
  const daysOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return year > 0 && month >= 1 && month <= 12 && date >= 1 && date <= daysOfMonth && hour < 24 && minute < 60 && second < 60;
}

/** The lines of a request 1000: [{ldc, sdpId}, …], null for what is missing. Null where the file is not whole. */
export function readRequest(name, bytes) {
  if (bytes.some((byte) => byte > 126)) return null;
  const lines = bytes.toString("latin1").split("\n").map((line) => line.replace(/\r$/, ""));
  if (lines.at(-1) === "") lines.pop();
  const [first, ...records] = lines.map((line) => line.split("|"));
  if (first?.join("|") !== `FN|${name}`) return null;
  if (records.filter(([type]) => type === "FH").length !== 1) return null;
  if (!records.every(([type]) => type === "FH" || type === "DT")) return null;
  return records
    .filter(([type]) => type === "DT")
    .map(([, ldc, sdpId, ...more]) => ({
      ldc: field(ldc, 20),
      sdpId: more.length === 0 ? field(sdpId, 50) : null,
    }));
}

function field(text, length) {
  return text && text.length <= length && text.trim() === text ? text : null;
}

/** A name for a file that is sent: about an LDC, to a recipient, made at a moment (FTS-01, FTS-06). */
export function nameOf(ldc, recipient, type, moment) {
  return `${ldc}.${recipient}.${type}.${digits(moment)}.DAT`;
}

/** The response 2000.01: one record for each line of the request, and an End Of File record (FTS-09). */
export function writeResponse(name, request, moment, outcomes) {
  const details = outcomes.map(({ line, universalSdpId, status, message }) =>
    ["DT", line.ldc ?? "", line.sdpId ?? "", universalSdpId ?? "", status, message].join("|"),
  );
  return file([
    `FN|${name}`,
    `FH|${request.ldc}|${request.name}|${digits(moment)}`,
    ...details,
    `EF|${details.length}`,
  ]);
}

/** The report IR01.00: one record for each request file that was processed (USDP-13). */
export function writeSummary(name, ldc, moment, summaries) {
  const details = summaries.map(({ request, processed, counts }) =>
    ["DT", request, digits(processed), ...counts.map((count) => String(count).padStart(9, "0"))].join("|"),
  );
  return file([`FN|${name}`, `FH|${ldc}|${digits(moment)}`, ...details]);
}

function file(lines) {
  return Buffer.from(lines.map((line) => `${line}\r\n`).join(""), "latin1");
}
