// An adapter for mdmr-conform: JSON lines on stdin and stdout, a small MDM/R behind them. Node 18 or later, nothing else.
//
//   mdmr-conform run --adapter "stdio:node samples/javascript/adapter.mjs"
//
// To make it yours, keep this file and put your own system where `Repository` is used: the protocol asks for four
// things of it: begin a world of its own, take a file in, let time pass and hand out what was delivered, end.
// Every message is described in docs/adapter-protocol.md.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Repository } from "./repository.mjs";
import { instant, iso } from "./time.mjs";

const CONTENT_LIMIT = 1024 * 1024; // larger content goes by path through the shared folder

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
    open().submit(request.organisation, request.name, received(request.content));
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
        content: sent(file.content),
        instant: iso(file.instant),
      })),
    };
  },

  end: () => {
    repository = null;
    return {};
  },
};

class Refusal extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

function open() {
  if (repository === null) throw new Refusal("failed", "no conversation has begun");
  return repository;
}

// --- the content of files: ASCII as text, other bytes as base64, large files by path and hash -----------------------

function received(content) {
  if ("text" in content) return Buffer.from(content.text, "latin1");
  if ("base64" in content) return Buffer.from(content.base64, "base64");
  const bytes = readFileSync(join(sharedFolder, content.path));
  if (sha256(bytes) !== content.sha256) throw new Refusal("bad_message", `${content.path} has another SHA-256`);
  return bytes;
}

function sent(bytes) {
  if (bytes.length > CONTENT_LIMIT) {
    const hash = sha256(bytes);
    writeFileSync(join(sharedFolder, hash), bytes);
    return { path: hash, sha256: hash };
  }
  const isAscii = bytes.every((byte) => byte < 128);
  return isAscii ? { text: bytes.toString("latin1") } : { base64: bytes.toString("base64") };
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

// --- one reply to each line ------------------------------------------------------------------------------------------

function reply(line) {
  let id = null;
  try {
    const request = JSON.parse(line);
    id = request.id ?? null;
    if (!Object.hasOwn(answers, request.message)) {
      throw new Refusal("unsupported", `message ${JSON.stringify(request.message)} is not supported`);
    }
    return { id, ok: answers[request.message](request) };
  } catch (error) {
    const code = error instanceof Refusal ? error.code : error instanceof SyntaxError ? "bad_message" : "failed";
    console.error(error); // logs go to stderr; stdout is for replies alone
    return { id, error: { code, message: String(error.message) } };
  }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  process.stdout.write(`${JSON.stringify(reply(line))}\n`);
}
// The input has ended, and so does this process.
