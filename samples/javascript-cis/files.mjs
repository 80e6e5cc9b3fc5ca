// Interface files: requests 1000.00 and responses 2000.01. Records are lines of fields parted by "|".

import { digits } from "../javascript/time.mjs";

/** The name of a request: the LDC that it is about, then its submitter (FTS-01, FTS-07). */
export function nameOf(ldc, submitter, moment) {
  return `${ldc}.${submitter}.1000.00.${digits(moment)}.DAT`;
}

/** The request for Universal SDP IDs (1000.00): one record for each SDP. */
export function writeRequest(name, ldc, sdps, moment) {
  const lines = [`FN|${name}`, `FH|${ldc}|${digits(moment)}`, ...sdps.map(({ sdpId }) => `DT|${ldc}|${sdpId}`)];
  return Buffer.from(lines.map((line) => `${line}\r\n`).join(""), "latin1");
}

/** The lines of a response (2000.01), or null where it is another file, or not whole: its End Of File record counts. */
export function readResponse(name, bytes) {
  if (name.split(".")[2] !== "2000") return null;
  const records = bytes
    .toString("latin1")
    .split("\n")
    .map((line) => line.replace(/\r$/, "").split("|"));
  const details = records.filter(([type]) => type === "DT");
  const end = records.find(([type]) => type === "EF");
  if (end === undefined || Number(end[1]) !== details.length) return null;
  return details.map(([, ldc, sdpId, universalSdpId]) => ({ ldc, sdpId, universalSdpId: universalSdpId || null }));
}
