import { createHash } from "node:crypto";
import { readSync } from "node:fs";

/** How far a file was read, and how to tell that it is still that file. */
export interface Position {
  dev: number;
  ino: number;
  /** After the last whole line, or frame of binary OTLP. */
  bytes: number;
  lines: number;
  /** Hash of the bytes before it: a file that was truncated and has grown again has others. */
  mark: string;
}

/** The hash of up to 256 bytes before `at`. */
export function markAt(descriptor: number, at: number): string {
  const length = Math.min(LOOK, at);
  const bytes = Buffer.alloc(length);
  const read = readSync(descriptor, bytes, 0, length, at - length);
  return createHash("sha256").update(bytes.subarray(0, read)).digest("hex").slice(0, 16);
}

const LOOK = 256;
