import { CASE, MIX, wordAt } from "./bytes.ts";

/** How often 4-byte blocks occur in the text that is searched. */
export class Sample {
  readonly #counts = new Uint32Array(1 << 16);

  /** Counts the blocks of some of the text, spread over the range. Older counts fade. */
  add(bytes: Uint8Array, from: number, to: number): void {
    const counts = this.#counts;
    for (let i = 0; i < counts.length; i += 1) counts[i] = counts[i]! >>> 1;
    const step = Math.max(PART, Math.floor((to - from) / PARTS));
    for (let at = from; at < to; at += step) count(counts, bytes, at, Math.min(at + PART, to - 3));
  }

  /** Of each block of a literal; never 0, since what was not seen may come. */
  countsOf(literal: Uint8Array): number[] {
    const counts: number[] = [];
    for (let at = 0; at + 4 <= literal.length; at += 1) {
      counts.push(this.#counts[Math.imul(wordAt(literal, at) | CASE, MIX) >>> 16]! + 0.1);
    }
    return counts;
  }
}

const PARTS = 64;
const PART = 1024;

/** A function of its own, called often: one long loop is optimised late. */
function count(counts: Uint32Array, bytes: Uint8Array, from: number, to: number): void {
  for (let at = from; at < to; at += 1) {
    const hash = Math.imul(wordAt(bytes, at) | CASE, MIX) >>> 16;
    counts[hash] = counts[hash]! + 1;
  }
}
