// An adapter for mdmr-conform: JSON lines on stdin and stdout, a small MDM/R behind them. Node 18 or later, nothing else.
//
//   mdmr-conform run --adapter "stdio:node samples/javascript/adapter.mjs"
//
// To make it yours, keep this file and protocol.mjs, and put your own system where `Repository` is used: the protocol asks for four
// things of it: begin a world of its own, take a file in, let time pass and hand out what was delivered, end.
// Every message is described in docs/adapter-protocol.md.

import { Refusal, received, sent, serve } from "./protocol.mjs";
import { Repository } from "./repository.mjs";
import { instant, iso } from "./time.mjs";

let repository = null;
let sharedFolder = null;

const answers = {
  hello: () => ({
    protocol: 1,
    name: "sample adapter in JavaScript",
    version: "1.0",
    role: "repository",
    classes: ["FTS", "USDP"], // whole conformance classes; claim only what you want to be judged by
    clock: "settable", // `advance` moves our clock
    state: "process", // each conversation starts with nothing issued
    isolation: "conversation", // and sees nothing of any other
  }),

  begin: (request) => {
    sharedFolder = request.shared_folder;
    repository = new Repository({
      now: instant(request.instant),
      seed: request.seed,
      organisations: request.organisations,
      authorisations: request.authorisations,
      runEveryMinutes: request.profile.values.assignment_run_every_minutes,
    });
    return {};
  },

  submit: (request) => {
    open().submit(request.organisation, request.name, received(request.content, sharedFolder));
    return {}; // never whether the file was accepted: that is seen in what is delivered
  },

  advance: (request) => {
    const to = instant(request.to);
    const files = open().advance(to);
    return {
      instant: iso(to),
      files: files.map((file) => ({
        recipient: file.recipient,
        name: file.name,
        content: sent(file.content, sharedFolder),
        instant: iso(file.instant),
      })),
    };
  },

  end: () => {
    repository = null;
    return {};
  },
};

function open() {
  if (repository === null) throw new Refusal("failed", "no conversation has begun");
  return repository;
}

await serve(answers);
