import { MIX, standsAt } from "./bytes.ts";
import type { Found } from "./found.ts";

/** A block of a literal: where it stands in it, and the block after it (0 where that does not matter). */
export interface Block {
  block: number;
  next: number;
  at: number;
  id: number;
  literal: Uint8Array;
}

/** Literals by their blocks, to tell what really stands where a block was met. */
export class Chains {
  readonly #heads = new Int32Array(1 << BITS).fill(-1);
  /** block, next, at, link of each entry. */
  readonly #entries: Int32Array;
  readonly #ids: Int32Array;
  readonly #literals: Uint8Array[];

  constructor(blocks: readonly Block[]) {
    this.#entries = new Int32Array(blocks.length * 4);
    this.#ids = Int32Array.from(blocks, (entry) => entry.id);
    this.#literals = blocks.map((entry) => entry.literal);
    for (const [index, { block, next, at }] of blocks.entries()) {
      const head = chainOf(block, next);
      this.#entries.set([block, next, at, this.#heads[head]!], index * 4);
      this.#heads[head] = index;
    }
  }

  /** Adds the literals that stand around the block at `at` of the bytes, within [from, to). */
  look(block: number, next: number, bytes: Uint8Array, at: number, from: number, to: number, found: Found): void {
    const entries = this.#entries;
    for (let entry = this.#heads[chainOf(block, next)]!; entry !== -1; entry = entries[entry * 4 + 3]!) {
      if (entries[entry * 4] !== block || entries[entry * 4 + 1] !== next) continue;
      const start = at - entries[entry * 4 + 2]!;
      const literal = this.#literals[entry]!;
      if (start < from || start + literal.length > to) continue;
      if (standsAt(literal, bytes, start)) found.add(start, this.#ids[entry]!);
    }
  }
}

const BITS = 14;

function chainOf(block: number, next: number): number {
  return (Math.imul(block, MIX) ^ Math.imul(next, 0x85ebca6b)) >>> (32 - BITS);
}
