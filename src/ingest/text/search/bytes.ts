/** A literal as folded bytes. */
export function fold(literal: string): Uint8Array {
  return new TextEncoder().encode(literal).map((byte) => FOLD[byte]!);
}

/** ASCII lower case of each byte. */
const FOLD = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));

/** Sets the bit that makes letters lower case in 4 bytes at once. Other bytes may fall together; `same` decides. */
export const CASE = 0x20202020;

/** The 4 bytes at `at` as a little-endian word, as an Int32Array reads them on all machines that Node is built for. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

/** The upper 16 bits are the hash. */
export const MIX = 0x9e3779b1 | 0;
/** For the second of two words. */
export const MIX_NEXT = 0x85ebca6b | 0;

/** The folded bytes [from, to) stand at `at`, in either case. */
export function same(folded: Uint8Array, from: number, to: number, bytes: Uint8Array, at: number): boolean {
  for (let i = from, j = at; i < to; i += 1, j += 1) if (FOLD[bytes[j]!] !== folded[i]) return false;
  return true;
}

/**
 * The bytes of [from, to) in words that are aligned in memory, from the word that holds `from`. What is left at the
 * end goes into `rest`, with the last whole word before it; zeros follow.
 */
export function inWords(
  bytes: Uint8Array,
  from: number,
  to: number,
): { words: Int32Array; start: number; rest: Int32Array; restStart: number } {
  const start = from - ((bytes.byteOffset + from) & 3);
  const whole = Math.max(0, ((to - start) >> 2) & ~3);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + start, whole);
  const restStart = start + Math.max(0, whole - 1) * 4;
  const rest = new Int32Array(REST_WORDS);
  const first = Math.max(restStart, 0);
  new Uint8Array(rest.buffer).set(bytes.subarray(first, Math.max(first, to)), first - restStart);
  return { words, start, rest, restStart };
}

/** One word before, up to 15 bytes, and at least one word of zeros: a multiple of the 4 words that loops take at once. */
const REST_WORDS = 8;
