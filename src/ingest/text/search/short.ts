import { CASE, inWords, MIX } from "./bytes.ts";
import { Chains } from "./chains.ts";
import type { Block } from "./chains.ts";
import type { Numbered, Search } from "./long.ts";

/** Shortest literal in which 2 neighbouring blocks of 3 bytes lie. */
export const SHORTEST = 4;

/** Search for literals of 4 to 6 bytes: blocks of 3 bytes at every other byte. */
export function createShortSearch(literals: readonly Numbered[]): Search {
  const table = new Uint8Array(1 << 16);
  const blocks: Block[] = [];
  for (const { id, literal } of literals) {
    for (let at = 0; at < 2; at += 1) {
      const block = literal[at]! | (literal[at + 1]! << 8) | (literal[at + 2]! << 16) | CASE_3;
      table[Math.imul(block, MIX) >>> 16] = 1;
      blocks.push({ block, next: 0, at, id, literal });
    }
  }
  const chains = new Chains(blocks);
  return (bytes, from, to, found) => {
    const look: Look = (block, at) => chains.look(block, 0, bytes, at, from, to, found);
    const { words, start, rest, restStart } = inWords(bytes, from, to);
    for (let i = 0; i < words.length; i += TURN) run(table, words, i, Math.min(i + TURN, words.length), start, look);
    run(table, rest, 0, rest.length, restStart, look);
  };
}

const CASE_3 = CASE & 0xffffff;

type Look = (block: number, at: number) => void;

const TURN = 4096;

/** As in `long.ts`. The very last word is looked at with `rest`, which begins with it: what follows it is there. */
function run(table: Uint8Array, words: Int32Array, from: number, to: number, start: number, look: Look): void {
  const last = words.length - 1;
  for (let i = from; i < to; i += 2) {
    const x = words[i]! | CASE;
    const y = words[i + 1]! | CASE;
    const z = i + 2 <= last ? words[i + 2]! | CASE : 0;
    const a = x & 0xffffff;
    const b = (x >>> 16) | ((y & 0xff) << 16);
    const c = y & 0xffffff;
    const d = (y >>> 16) | ((z & 0xff) << 16);
    if (
      table[Math.imul(a, MIX) >>> 16]! |
      table[Math.imul(b, MIX) >>> 16]! |
      table[Math.imul(c, MIX) >>> 16]! |
      table[Math.imul(d, MIX) >>> 16]!
    ) {
      const at = start + i * 4;
      look(a, at);
      look(b, at + 2);
      if (i + 2 > last) return;
      look(c, at + 4);
      look(d, at + 6);
    }
  }
}
