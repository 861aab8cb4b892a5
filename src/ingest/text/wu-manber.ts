import type { Prefilter } from "../../records/prefilter.ts";

/**
 * Wu-Manber in plain JS. Literals are kept in two tables, so that a few short ones (4 to 7 bytes) do not shorten the
 * shift of all others. Found hits of both are merged in the order of their ends.
 */
export function createWuManber(literals: readonly string[]): Prefilter {
  const folded = literals.map((literal) => Uint8Array.from(literal.toLowerCase(), (char) => char.charCodeAt(0)));
  const ids = folded.map((_, id) => id);
  const tables = [ids.filter((id) => folded[id]!.length < LONG), ids.filter((id) => folded[id]!.length >= LONG)]
    .filter((group) => group.length > 0)
    .map((group) => tableOf(folded, group));
  const longest = folded.reduce((max, literal) => Math.max(max, literal.length), 0);
  const found = new Found();
  return {
    longest,
    scan(bytes, from, to, hit) {
      found.clear();
      for (const table of tables) scanTable(table, bytes, Math.max(from, 0), Math.min(to, bytes.length), found);
      found.report(folded, hit);
    },
  };
}

const LONG = 8;
const HASH_BITS = 15;

interface Table {
  /** Length of the shortest literal: the search window. */
  window: number;
  /** By the hash of the last three bytes of the window: how far the window may move. 0: look at `buckets`. */
  shift: Uint8Array;
  buckets: Map<number, { id: number; literal: Uint8Array }[]>;
}

function tableOf(folded: readonly Uint8Array[], group: readonly number[]): Table {
  const window = Math.min(255, ...group.map((id) => folded[id]!.length));
  const shift = new Uint8Array(1 << HASH_BITS).fill(window - 2);
  const buckets: Table["buckets"] = new Map();
  for (const id of group) {
    const literal = folded[id]!;
    // The window is the end of the literal, so that hits come in the order of their ends.
    const skip = literal.length - window;
    for (let end = 2; end < window; end += 1) {
      const hash = hashOf(literal[skip + end - 2]!, literal[skip + end - 1]!, literal[skip + end]!);
      shift[hash] = Math.min(shift[hash]!, window - 1 - end);
      if (end !== window - 1) continue;
      const bucket = buckets.get(hash);
      if (bucket === undefined) buckets.set(hash, [{ id, literal }]);
      else bucket.push({ id, literal });
    }
  }
  return { window, shift, buckets };
}

function scanTable(table: Table, bytes: Uint8Array, from: number, to: number, found: Found): void {
  const { shift, buckets, window } = table;
  let at = from + window - 1;
  while (at < to) {
    const hash = hashOf(FOLD[bytes[at - 2]!]!, FOLD[bytes[at - 1]!]!, FOLD[bytes[at]!]!);
    const step = shift[hash]!;
    if (step !== 0) {
      at += step;
      continue;
    }
    for (const entry of buckets.get(hash) ?? []) {
      const start = at + 1 - entry.literal.length;
      if (start >= from && equals(bytes, start, entry.literal)) found.add(at + 1, entry.id);
    }
    at += 1;
  }
}

function hashOf(a: number, b: number, c: number): number {
  return ((a << 10) ^ (b << 5) ^ c) & ((1 << HASH_BITS) - 1);
}

function equals(bytes: Uint8Array, start: number, literal: Uint8Array): boolean {
  for (let i = 0; i < literal.length; i += 1) if (FOLD[bytes[start + i]!] !== literal[i]) return false;
  return true;
}

/** ASCII lower case of each byte. */
const FOLD = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));

/** Hits as `end * 65536 + id`: one sort orders them by end, then id, without objects. */
class Found {
  #keys = new Float64Array(256);
  #count = 0;
  #sorted = true;

  clear(): void {
    this.#count = 0;
    this.#sorted = true;
  }

  add(end: number, id: number): void {
    if (this.#count === this.#keys.length) {
      const grown = new Float64Array(this.#count * 2);
      grown.set(this.#keys);
      this.#keys = grown;
    }
    const key = end * 65536 + id;
    if (this.#count > 0 && this.#keys[this.#count - 1]! > key) this.#sorted = false;
    this.#keys[this.#count] = key;
    this.#count += 1;
  }

  report(folded: readonly Uint8Array[], hit: (offset: number, literal: number) => void): void {
    const count = this.#count;
    const keys = this.#keys.subarray(0, count);
    if (!this.#sorted) keys.sort();
    // A hit callback may scan again (re-entry), so the keys are read from this view only up to here.
    const own = count === 0 ? keys : keys.slice();
    for (const key of own) {
      const end = Math.floor(key / 65536);
      const id = key - end * 65536;
      hit(end - folded[id]!.length, id);
    }
  }
}
