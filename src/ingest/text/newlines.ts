import { theCore } from "./search/core.ts";

/** Number of line feeds in [from, to): this runs over every byte of every log. */
export function countNewlines(bytes: Uint8Array, from: number, to: number): number {
  const core = to - from >= WORTH_A_COPY ? theCore() : null;
  return core === null ? countByWords(bytes, from, to) : core.feeds(bytes.subarray(from, to));
}

const WORTH_A_COPY = 1024;

/** Four bytes at a time. */
export function countByWords(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  let at = from;
  while (at < to && ((bytes.byteOffset + at) & 3) !== 0) {
    if (bytes[at] === NEWLINE) count += 1;
    at += 1;
  }
  const words = (to - at) >> 2;
  // A view costs as much as a line.
  if (words > 64) {
    count += countInWords(new Int32Array(bytes.buffer, bytes.byteOffset + at, words));
    at += words * 4;
  }
  for (; at < to; at += 1) if (bytes[at] === NEWLINE) count += 1;
  return count;
}

export const NEWLINE = 10;

/**
 * A byte that is zero after the xor gives one bit; bits are summed in four lanes, emptied before they overflow. Two
 * words a turn, since the loop itself costs as much as a word.
 */
function countInWords(words: Int32Array): number {
  const even = words.length & ~1;
  let count = words.length === even ? 0 : countInWord(words[even]!);
  let at = 0;
  while (at < even) {
    const stop = Math.min(even, at + 254);
    let lanes = 0;
    for (; at < stop; at += 2) {
      const x = words[at]! ^ FEEDS;
      const y = words[at + 1]! ^ FEEDS;
      lanes = (lanes + ((~(((x & LOW) + LOW) | x) >>> 7) & ONES) + ((~(((y & LOW) + LOW) | y) >>> 7) & ONES)) | 0;
    }
    count += (lanes & 255) + ((lanes >>> 8) & 255) + ((lanes >>> 16) & 255) + (lanes >>> 24);
  }
  return count;
}

function countInWord(word: number): number {
  const x = word ^ FEEDS;
  const bits = (~(((x & LOW) + LOW) | x) >>> 7) & ONES;
  return (bits & 1) + ((bits >>> 8) & 1) + ((bits >>> 16) & 1) + (bits >>> 24);
}

const FEEDS = 0x0a0a0a0a;
const LOW = 0x7f7f7f7f;
const ONES = 0x01010101;
