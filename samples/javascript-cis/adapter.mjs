// An adapter for mdmr-conform: JSON lines on stdin and stdout, a small CIS behind them. Node 18 or later, nothing else.
//
//   mdmr-conform run --role cis --adapter "stdio:node samples/javascript-cis/adapter.mjs"
//
// To make it yours, put your own system where `Cis` is used: it is told what happens in the business and what people
// want, takes the files that the MDM/R delivers, lets time pass, and hands out what it has sent meanwhile.
// Every message is described in docs/cis-adapter.md.

import { Refusal, received, sent, serve } from "../javascript/protocol.mjs";
import { instant, iso } from "../javascript/time.mjs";
import { Cis } from "./cis.mjs";

let cis = null;
let sharedFolder = null;

await serve({
  hello: () => ({
    protocol: 2,
    name: "sample CIS in JavaScript",
    version: "1.0",
    role: "cis",
    classes: ["CIS-FTS", "CIS-USDP"], // whole conformance classes; claim only what you want to be judged by
    clock: "settable", // `advance` moves our clock
    state: "process", // each conversation starts with nothing on record
    isolation: "conversation", // and sees nothing of any other
    sends_within_minutes: 0, // what an instruction asks for has been sent when the next `advance` has ended
    keeps: "nothing", // what is known ends with the process
  }),

  begin: (request) => {
    sharedFolder = request.shared_folder;
    cis = new Cis({
      now: instant(request.instant),
      you: request.you,
      organisations: request.organisations,
      authorisations: request.authorisations,
    });
    return {};
  },

  load: (request) => {
    for (const event of request.events ?? []) open().happens(event);
    for (const instruction of request.instructions ?? []) open().isTold(instruction);
    return {};
  },

  deliver: (request) => {
    open().receive(request.name, received(request.content, sharedFolder));
    return {};
  },

  advance: (request) => {
    const to = instant(request.to);
    const files = open().advance(to);
    return {
      instant: iso(to),
      files: files.map((file) => ({
        organisation: file.organisation,
        name: file.name,
        content: sent(file.content, sharedFolder),
        instant: iso(file.instant),
      })),
    };
  },

  end: () => {
    cis = null;
    return {};
  },
});

function open() {
  if (cis === null) throw new Refusal("failed", "no conversation has begun");
  return cis;
}
