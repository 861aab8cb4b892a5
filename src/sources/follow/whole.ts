import { readSync } from "node:fs";
import { createFrameWalk } from "../../records/otlp-frames.ts";

/** What a file consists of; its position is behind a whole one. */
export type Unit = "line" | "frame";

/** How far a file was read, and how far in whole units. */
export interface Reading {
  read: number;
  bytes: number;
  lines: number;
}

/** Moves `bytes` and `lines` on over a block that was just read. */
export function wholeLines(open: Reading): (part: Buffer) => void {
  return (part) => {
    for (let at = part.indexOf(NEWLINE); at >= 0; at = part.indexOf(NEWLINE, at + 1)) {
      open.lines++;
      open.bytes = open.read - part.length + at + 1;
    }
  };
}

export function wholeFrames(open: Reading): (part: Buffer) => void {
  const { bytes } = open;
  const walk = createFrameWalk();
  return (part) => void (open.bytes = bytes + walk.add(part));
}

/** The bytes by which a format is told. */
export function headOf(descriptor: number): Uint8Array {
  const head = Buffer.alloc(HEAD);
  return new Uint8Array(head.subarray(0, readSync(descriptor, head, 0, HEAD, 0)));
}

const HEAD = 64 * 1024;
const NEWLINE = 10;
