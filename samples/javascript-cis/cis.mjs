// A small CIS: knows the SDPs of its LDCs, asks for their Universal SDP IDs (1000), and keeps what comes back (2000).
// It knows nothing of the protocol. Rule ids are those of `mdmr-conform rules`.

import { nameOf, readResponse, writeRequest } from "./files.mjs";

const MINUTE = 60 * 1000;

export class Cis {
  constructor({ now, you, organisations, authorisations }) {
    this.now = now;
    this.you = you;
    const granted = authorisations.filter(({ agent, direction }) => agent === you && direction === "submit");
    this.authorised = new Set(granted.map(({ ldc, type }) => `${ldc} ${type}`));
    this.ldcs = new Set(organisations.filter(({ kind }) => kind === "ldc").map(({ id }) => id));
    this.sdps = new Map(); // by "LDC SDP-ID": what is known of an SDP
    this.toSend = []; // what the next minute sends: {ldc, sdps}
    this.namesSent = new Set();
  }

  /** A fact of the business. Of all facts this CIS needs but one: that there is an SDP, physical or virtual (USDP-06). */
  happens({ event, ldc, sdp_id: sdpId }) {
    if (event === "sdp_created") this.sdps.set(`${ldc} ${sdpId}`, { ldc, sdpId, universalSdpId: null, asked: false });
    if (event === "sdp_removed") this.sdps.delete(`${ldc} ${sdpId}`);
  }

  /** What a person wants. */
  isTold({ instruction, ldc, sdp_ids: sdpIds }) {
    const all = [...this.sdps.values()].filter((sdp) => sdp.ldc === ldc && sdp.universalSdpId === null);
    const named = (sdp) => sdpIds === undefined || sdpIds.length === 0 || sdpIds.includes(sdp.sdpId);
    if (instruction === "request_universal_sdp_ids") this.request(ldc, all.filter((sdp) => named(sdp) && !sdp.asked));
    // An exception is asked for again once its cause is corrected, and not before (USDP-17).
    if (instruction === "problem_corrected") this.request(ldc, all.filter((sdp) => named(sdp) && sdp.asked));
  }

  /** An agent asks on behalf of those LDCs alone that have authorised it for requests (USDP-08). */
  request(ldc, sdps) {
    const may = this.you === ldc || this.authorised.has(`${ldc} 1000`);
    if (!may || sdps.length === 0) return;
    for (const sdp of sdps) sdp.asked = true;
    this.toSend.push({ ldc, sdps });
  }

  /** A file from the mailbox. One that is not whole is not acted upon: it comes again (FTS-09). */
  receive(name, bytes) {
    const lines = readResponse(name, bytes);
    for (const { ldc, sdpId, universalSdpId } of lines ?? []) {
      const sdp = this.sdps.get(`${ldc} ${sdpId}`);
      if (sdp !== undefined && sdp.universalSdpId === null) sdp.universalSdpId = universalSdpId; // null: an exception
    }
  }

  /** Let time pass until a moment; what was sent meanwhile. */
  advance(to) {
    const moment = this.now + MINUTE;
    const files = moment <= to ? this.toSend.splice(0).map(({ ldc, sdps }) => this.send(ldc, sdps, moment)) : [];
    this.now = to;
    return files;
  }

  /** A request: the SDP IDs, each tied to its LDC (USDP-01). Two of one name would be one too many. */
  send(ldc, sdps, moment) {
    let made = moment;
    while (this.namesSent.has(nameOf(ldc, this.you, made))) made += 1000;
    const name = nameOf(ldc, this.you, made);
    this.namesSent.add(name);
    return { organisation: this.you, name, content: writeRequest(name, ldc, sdps, made), instant: moment };
  }
}
