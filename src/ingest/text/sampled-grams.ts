import type { Prefilter } from "../../records/prefilter.ts";
import { commonness } from "../../records/commonness.ts";
import { BITMAP_BYTES, BLOCK, openGramCore, type GramCore } from "./gram-core.ts";

/**
 * Finds many literals at once by sampled 4-grams: of each literal a run of `stride` neighbouring grams goes into a bitmap,
 * and of the text only every `stride`-th position is looked at, so that each occurrence is met at exactly one of its grams.
 * The run is the one that is rarest in ordinary log text. Cost hardly grows with the number of literals (docs/scanner.md).
 */
export function createSampledGrams(literals: readonly string[], engine: "wasm" | "js" = "wasm"): Prefilter {
  const folded = literals.map((literal) => Uint8Array.from(literal.toLowerCase(), (char) => char.charCodeAt(0)));
  const longest = folded.reduce((max, l) => Math.max(max, l.length), 0);
  const shortest = folded.reduce((min, l) => Math.min(min, l.length), Infinity);
  if (shortest < GRAM) throw new RangeError(`a literal is shorter than ${GRAM} bytes`);
  const stride = Math.min(shortest - GRAM + 1, GRAM);
  const bitmap = new Uint8Array(BITMAP_BYTES);
  const heads = new Map<number, Entry[]>();
  folded.forEach((literal, id) => {
    const first = rarestRun(literal, stride);
    for (let offset = first; offset < first + stride; offset++) {
      const gram = gramAt(literal, offset);
      const hash = hashOf(gram);
      bitmap[hash >>> 3]! |= 1 << (hash & 7);
      const entries = heads.get(gram);
      if (entries === undefined) heads.set(gram, [{ id, literal, offset }]);
      else entries.push({ id, literal, offset });
    }
  });

  const core = stride >= 2 && engine === "wasm" ? openGramCore(bitmap, stride) : null;
  return {
    longest,
    scan(bytes, from, to, hit) {
      const [low, high] = [Math.max(from, 0), Math.min(to, bytes.length)];
      const found: Found[] = [];
      const verify = (at: number, gram: number) => {
        for (const { id, literal, offset } of heads.get(gram) ?? NONE) {
          const start = at - offset;
          if (start >= low && start + literal.length <= high && equals(bytes, start, literal)) found.push({ start, end: start + literal.length, id });
        }
      };
      if (core !== null && high - low >= WORTH_A_COPY) byCore(core, bytes, low, high, verify);
      else byBytes(bytes, low, high, stride, bitmap, verify);
      found.sort((a, b) => a.end - b.end || a.id - b.id);
      for (const { start, id } of found) hit(start, id);
    },
  };
}

function byCore(core: GramCore, bytes: Uint8Array, low: number, high: number, verify: (at: number, gram: number) => void): void {
  for (let from = low; from <= high - GRAM; from += BLOCK) {
    const count = core.find(bytes.subarray(from, Math.min(from + BLOCK + GRAM - 1, high)));
    for (let i = 0; i < count; i++) {
      const at = from + core.positions[i]! - core.offset;
      verify(at, gramAt(bytes, at));
    }
  }
}

function byBytes(bytes: Uint8Array, low: number, high: number, stride: number, bitmap: Uint8Array, verify: (at: number, gram: number) => void): void {
  for (let at = low, last = high - GRAM; at <= last; at += stride) {
    const gram = gramAt(bytes, at);
    const hash = hashOf(gram);
    if ((bitmap[hash >>> 3]! & (1 << (hash & 7))) !== 0) verify(at, gram);
  }
}

const NONE: Entry[] = [];
/** Below this many bytes the plain loop is done before the copy is. */
const WORTH_A_COPY = 256;

interface Entry {
  id: number;
  literal: Uint8Array;
  /** Where in the literal the gram stands. */
  offset: number;
}

interface Found {
  start: number;
  end: number;
  id: number;
}

const GRAM = 4;
const BITMAP_BITS = 20;
const MULTIPLIER = 0x9e3779b1;

/** Bit 5 set in every byte: letters of both cases become one gram; the exact comparison tells other bytes apart. */
function fold(gram: number): number {
  return gram | 0x20202020;
}

function gramAt(bytes: Uint8Array, at: number): number {
  return fold(bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
}

function hashOf(gram: number): number {
  return Math.imul(gram, MULTIPLIER) >>> (32 - BITMAP_BITS);
}

function equals(bytes: Uint8Array, start: number, literal: Uint8Array): boolean {
  for (let i = 0; i < literal.length; i++) {
    const byte = bytes[start + i]!;
    if ((byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) !== literal[i]) return false;
  }
  return true;
}

/** Offset of the run of `stride` grams that ordinary text has least of. */
function rarestRun(literal: Uint8Array, stride: number): number {
  let [best, least] = [0, Infinity];
  for (let first = 0; first + stride + GRAM - 1 <= literal.length; first++) {
    let cost = 0;
    for (let offset = first; offset < first + stride; offset++) cost += commonness(gramAt(literal, offset));
    if (cost < least) [best, least] = [first, cost];
  }
  return best;
}
