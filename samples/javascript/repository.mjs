// A small MDM/R: takes requests for Universal SDP IDs (1000), answers them (2000) and sums them up (IR01).
// It knows nothing of the protocol. Rule ids are those of `mdmr-conform rules`.

import { nameOf, readName, readRequest, writeResponse, writeSummary } from "./files.mjs";
import { day, nextMultiple } from "./time.mjs";

const ISSUED = { status: "00", message: "Assigned" };
const ALREADY_ISSUED = { status: "01", message: "Assigned before" };
const INVALID_ORGANISATION = { status: "02", message: "Not a line of the requesting LDC" };
const INCOMPLETE_DATA = { status: "03", message: "LDC or SDP ID missing" };
const COUNTED = [ISSUED, ALREADY_ISSUED, INVALID_ORGANISATION, INCOMPLETE_DATA]; // in the order of IR01's fields

export class Repository {
  constructor({ now, seed, organisations, authorisations, runEveryMinutes }) {
    this.now = now;
    this.random = randomNumbers(seed);
    this.ldcs = new Set(organisations.filter(({ kind }) => kind === "ldc").map(({ id }) => id));
    this.registered = new Set(organisations.map(({ id }) => id));
    this.authorised = new Set(authorisations.map((a) => [a.ldc, a.agent, a.type, a.direction].join(" ")));
    this.runEveryMinutes = runEveryMinutes;
    this.waiting = []; // requests that the next run answers
    this.issued = new Map(); // "LDC SDP-ID" to Universal SDP ID
    this.taken = new Set(); // all Universal SDP IDs, of whomever
    this.summaries = new Map(); // "LDC recipient" to what IR01 has summed up so far
    this.namesSent = new Set();
    this.outbox = [];
  }

  /** Take a file in, or refuse it: of a refusal nobody hears (FTS-01, FTS-07, FTS-10, USDP-08). */
  submit(organisation, name, bytes) {
    const parts = readName(name);
    if (parts === null || parts.submitter !== organisation) return;
    if (parts.fileId !== "1000" || parts.version !== "00") return;
    if (!this.registered.has(organisation) || !this.ldcs.has(parts.ldc)) return;
    if (!this.may(organisation, parts.ldc, "1000", "submit")) return;
    const lines = readRequest(name, bytes);
    if (lines !== null) this.waiting.push({ name, ldc: parts.ldc, submitter: organisation, lines });
  }

  /** Let time pass until a moment, that moment included; the files that were delivered meanwhile. */
  advance(to) {
    if (to < this.now) throw new RangeError("time does not run back");
    for (let due; (due = nextMultiple(this.now, this.runEveryMinutes)) <= to; ) {
      this.now = due;
      this.runAssignment();
    }
    this.now = to;
    return this.outbox.splice(0);
  }

  /** An LDC acts for itself; an agent only as the LDC authorised it, type by type (SME_FORM_0006). */
  may(organisation, ldc, type, direction) {
    return organisation === ldc || this.authorised.has([ldc, organisation, type, direction].join(" "));
  }

  /** The assignment process: answers all that waits, then reports on it at once (USDP-11). */
  runAssignment() {
    const reports = new Set();
    for (const request of this.waiting.splice(0)) {
      const outcomes = request.lines.map((line) => this.assign(request, line));
      const { ldc, submitter } = request;
      if (this.may(submitter, ldc, "2000", "receive")) {
        this.send(ldc, submitter, "2000.01", (name) => writeResponse(name, request, this.now, outcomes));
      }
      if (this.may(submitter, ldc, "IR01", "receive")) {
        const key = `${ldc} ${submitter}`;
        this.summaries.set(key, [...(this.summaries.get(key) ?? []), this.summarise(request, outcomes)]);
        reports.add(key);
      }
    }
    for (const key of reports) this.report(key);
  }

  /** Answer one line. A bad one does not keep the others from being assigned (USDP-14). */
  assign(request, line) {
    if (line.ldc === null || line.sdpId === null) return { line, ...INCOMPLETE_DATA };
    if (line.ldc !== request.ldc) return { line, ...INVALID_ORGANISATION };
    const key = `${line.ldc} ${line.sdpId}`;
    if (this.issued.has(key)) return { line, universalSdpId: this.issued.get(key), ...ALREADY_ISSUED };
    const universalSdpId = this.newUniversalSdpId();
    this.issued.set(key, universalSdpId);
    return { line, universalSdpId, ...ISSUED };
  }

  /** A random number that nobody has yet (USDP-02, USDP-04). */
  newUniversalSdpId() {
    let drawn;
    do drawn = String(10 ** 9 + Math.floor(this.random() * 9 * 10 ** 9));
    while (this.taken.has(drawn));
    this.taken.add(drawn);
    return drawn;
  }

  summarise(request, outcomes) {
    const counts = COUNTED.map(({ status }) => outcomes.filter((outcome) => outcome.status === status).length);
    return { request: request.name, processed: this.now, counts: [outcomes.length, ...counts] };
  }

  /** IR01 repeats what the day's earlier ones said; the next day starts afresh (USDP-12). */
  report(key) {
    const today = this.summaries.get(key).filter(({ processed }) => day(processed) === day(this.now));
    this.summaries.set(key, today);
    const [ldc, recipient] = key.split(" ");
    this.send(ldc, recipient, "IR01.00", (name) => writeSummary(name, ldc, this.now, today));
  }

  /** Deliver a file. Two of one name would be one too many: the later gets the next free second. */
  send(ldc, recipient, type, write) {
    let moment = this.now;
    while (this.namesSent.has(nameOf(ldc, recipient, type, moment))) moment += 1000;
    const name = nameOf(ldc, recipient, type, moment);
    this.namesSent.add(name);
    this.outbox.push({ recipient, name, content: write(name), instant: this.now });
  }
}

/** Numbers from 0 up to 1, the same for the same seed: so a run can be repeated (mulberry32, two draws a number). */
function randomNumbers(seed) {
  let state = (seed % 2 ** 32) ^ Math.floor(seed / 2 ** 32);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return () => (next() + next() / 2 ** 32) / 2 ** 32;
}
