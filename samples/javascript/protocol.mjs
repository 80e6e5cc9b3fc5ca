// What every adapter needs, of a repository or of a CIS: one reply to each line, and the content of files.
// Every message is described in docs/adapter-protocol.md.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const CONTENT_LIMIT = 1024 * 1024; // larger content goes by path through the shared folder

/** An answer that is an error, with a code of the protocol. */
export class Refusal extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

// --- the content of files: ASCII as text, other bytes as base64, large files by path and hash -----------------------

/** The bytes of content that came in a message. */
export function received(content, sharedFolder) {
  if ("text" in content) return Buffer.from(content.text, "latin1");
  if ("base64" in content) return Buffer.from(content.base64, "base64");
  const bytes = readFileSync(join(sharedFolder, content.path));
  if (sha256(bytes) !== content.sha256) throw new Refusal("bad_message", `${content.path} has another SHA-256`);
  return bytes;
}

/** Content as it goes into a message. */
export function sent(bytes, sharedFolder) {
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

/** Answer each line of the input by the function of its message, until the input ends: then the process does, too. */
export async function serve(answers) {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    process.stdout.write(`${JSON.stringify(reply(line, answers))}\n`);
  }
}

function reply(line, answers) {
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
