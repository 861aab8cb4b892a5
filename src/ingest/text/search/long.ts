import { CASE, inWords, MIX, MIX_NEXT, wordAt } from "./bytes.ts";
import { Chains } from "./chains.ts";
import type { Block } from "./chains.ts";
import { BLOCK, FILTER_BITS, theCore } from "./core.ts";
import type { Core } from "./core.ts";
import type { Found } from "./found.ts";
import type { Sample } from "./sample.ts";

/** A search over bytes for a fixed set of literals. */
export type Search = (bytes: Uint8Array, from: number, to: number, found: Found) => void;

export interface Numbered {
  id: number;
  literal: Uint8Array;
}

/** Shortest literal in which 4 neighbouring blocks of 4 bytes lie: one of them is aligned wherever it stands. */
export const LONG = 7;

/**
 * Search for literals of 7 and more bytes. A table has for each block (by hash) a set of 8 bits: literals of 11 and
 * more bytes are dealt to 7 bits and are candidates only where the block after carries the same bit in its upper
 * byte; literals of 7 to 10 bytes have a bit to themselves that every following block carries.
 */
export function createLongSearch(literals: readonly Numbered[], sample: Sample, engine: "wasm" | "js"): Search {
  const table = new Uint16Array(1 << 16).fill(ALONE << 8);
  const paired: Block[] = [];
  const single: Block[] = [];
  let dealt = 0;
  for (const { id, literal } of literals) {
    const pair = literal.length >= LONG + 4;
    const first = rarest(literal, pair, sample);
    const bit = pair ? 2 << (dealt++ % 7) : ALONE;
    for (let at = first; at < first + 4; at += 1) {
      const block = wordAt(literal, at) | CASE;
      const next = pair ? wordAt(literal, at + 4) | CASE : 0;
      table[hashOf(block)]! |= bit;
      if (pair) table[hashOf(next)]! |= bit << 8;
      (pair ? paired : single).push({ block, next, at, id, literal });
    }
  }
  const filter = filterOf([...paired, ...single]);
  const pairs = new Chains(paired);
  const singles = new Chains(single);
  return (bytes, from, to, found) => {
    const look: Look = (bits, block, next, at) => {
      if ((bits & ~ALONE) !== 0) pairs.look(block | CASE, next | CASE, bytes, at, from, to, found);
      if ((bits & ALONE) !== 0) singles.look(block | CASE, 0, bytes, at, from, to, found);
    };
    const core = engine === "wasm" && to - from >= WORTH_A_COPY ? theCore() : null;
    if (core === null) runAll(table, bytes, from, to, look);
    else runCore(core, table, filter, bytes, from, to, pairs, singles, found);
  };
}

/** The blocks of the literals with those after them, as the core asks for them. */
function filterOf(blocks: readonly Block[]): Uint8Array {
  const filter = new Uint8Array(FILTER_BITS / 8);
  for (const { block, next } of blocks) {
    const hash = (Math.imul(block, MIX) ^ Math.imul(next, MIX_NEXT)) >>> 13;
    filter[hash >>> 3]! |= 1 << (hash & 7);
  }
  return filter;
}

/** What the core finds is what `run` would look at, less what the filter knows better. */
function runCore(
  core: Core,
  table: Uint16Array,
  filter: Uint8Array,
  bytes: Uint8Array,
  from: number,
  to: number,
  pairs: Chains,
  singles: Chains,
  hits: Found,
): void {
  const { words, found } = core;
  core.use(table, filter);
  for (let at = from; at < to; at += BLOCK) {
    const count = core.find(bytes, from, at, Math.min(at + BLOCK, to));
    for (let i = 0; i < count; i += 1) {
      const word = found[i]!;
      const block = words[word]! | CASE;
      const place = at - 16 + word * 4;
      pairs.look(block, words[word + 1]! | CASE, bytes, place, from, to, hits);
      if ((table[hashOf(block)]! & ALONE) !== 0) singles.look(block, 0, bytes, place, from, to, hits);
    }
  }
}

function runAll(table: Uint16Array, bytes: Uint8Array, from: number, to: number, look: Look): void {
  const { words, start, rest, restStart } = inWords(bytes, from, to);
  let before = 0;
  for (let i = 0; i < words.length; i += TURN) {
    before = run(table, words, i, Math.min(i + TURN, words.length), before, start, look);
  }
  run(table, rest, 0, rest.length, 0, restStart, look);
}

const ALONE = 1;
/** In shorter texts the plain loop is done before the table is copied. */
const WORTH_A_COPY = 4096;

/** Where the 4 blocks of a literal that go into the table begin. */
function rarest(literal: Uint8Array, pair: boolean, sample: Sample): number {
  const counts = sample.countsOf(literal);
  let best = 0;
  let least = Infinity;
  const last = literal.length - (pair ? LONG + 4 : LONG);
  for (let from = 0; from <= last; from += 1) {
    let cost = 0;
    for (let at = from; at < from + 4; at += 1) cost += pair ? pairCost(counts[at]!, counts[at + 4]!) : counts[at]!;
    if (cost < least) {
      least = cost;
      best = from;
    }
  }
  return best;
}

/** Both stand in the text by themselves too, beside the blocks of other literals. */
function pairCost(block: number, next: number): number {
  return block * next + STRAY * (block + next);
}

const STRAY = 2;

function hashOf(block: number): number {
  return Math.imul(block, MIX) >>> 16;
}

type Look = (bits: number, block: number, next: number, at: number) => void;

/** Words in one call of `run`: not too many, since a function that is called often is optimised early. */
const TURN = 4096;

/**
 * Four words a turn and one branch for all: that is what makes it fast. `from` and `to` are multiples of 4. Takes and
 * returns the table's value for the word before, and for the last one.
 */
function run(
  table: Uint16Array,
  words: Int32Array,
  from: number,
  to: number,
  last: number,
  start: number,
  look: Look,
): number {
  let before = last;
  for (let i = from; i < to; i += 4) {
    const a = table[Math.imul(words[i]! | CASE, MIX) >>> 16]!;
    const b = table[Math.imul(words[i + 1]! | CASE, MIX) >>> 16]!;
    const c = table[Math.imul(words[i + 2]! | CASE, MIX) >>> 16]!;
    const d = table[Math.imul(words[i + 3]! | CASE, MIX) >>> 16]!;
    if (((before & (a >>> 8)) | (a & (b >>> 8)) | (b & (c >>> 8)) | (c & (d >>> 8))) & 255) {
      const at = start + i * 4;
      if (before & (a >>> 8)) look(before & (a >>> 8), words[i - 1]!, words[i]!, at - 4);
      if (a & (b >>> 8)) look(a & (b >>> 8), words[i]!, words[i + 1]!, at);
      if (b & (c >>> 8)) look(b & (c >>> 8), words[i + 1]!, words[i + 2]!, at + 4);
      if (c & (d >>> 8)) look(c & (d >>> 8), words[i + 2]!, words[i + 3]!, at + 8);
    }
    before = d;
  }
  return before;
}
