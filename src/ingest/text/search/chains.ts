import { MIX, MIX_NEXT, same } from "./bytes.ts";
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
  /** block, next, at, link, id, start and end in `#literals` of each entry: flat, since this is met often. */
  readonly #entries: Int32Array;
  readonly #literals: Uint8Array;

  constructor(blocks: readonly Block[]) {
    const entries = new Int32Array(blocks.length * FIELDS);
    const places = new Map<Uint8Array, number>();
    let length = 0;
    for (let i = 0; i < blocks.length; i += 1) {
      const { block, next, at, id, literal } = blocks[i]!;
      const head = chainOf(block, next);
      let place = places.get(literal);
      if (place === undefined) {
        places.set(literal, (place = length));
        length += literal.length;
      }
      const entry = i * FIELDS;
      entries[entry] = block;
      entries[entry + 1] = next;
      entries[entry + 2] = at;
      entries[entry + 3] = this.#heads[head]!;
      entries[entry + 4] = id;
      entries[entry + 5] = place;
      entries[entry + 6] = place + literal.length;
      this.#heads[head] = entry;
    }
    this.#entries = entries;
    this.#literals = new Uint8Array(length);
    for (const [literal, place] of places) this.#literals.set(literal, place);
  }

  /** Adds the literals that stand around the block at `at` of the bytes, within [from, to). */
  look(block: number, next: number, bytes: Uint8Array, at: number, from: number, to: number, found: Found): void {
    const entries = this.#entries;
    for (let entry = this.#heads[chainOf(block, next)]!; entry !== -1; entry = entries[entry + 3]!) {
      if (entries[entry] !== block || entries[entry + 1] !== next) continue;
      const start = at - entries[entry + 2]!;
      const first = entries[entry + 5]!;
      const end = entries[entry + 6]!;
      if (start < from || start + end - first > to) continue;
      if (same(this.#literals, first, end, bytes, start)) found.add(start, entries[entry + 4]!);
    }
  }
}

const FIELDS = 7;
const BITS = 14;

function chainOf(block: number, next: number): number {
  return (Math.imul(block, MIX) ^ Math.imul(next, MIX_NEXT)) >>> (32 - BITS);
}
