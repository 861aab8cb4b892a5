/**
 * What is known of short texts that come again and again in bytes (keys, names of fields): asked once per text, then
 * found by its bytes, without decoding them. A few bytes choose the slot; all are compared.
 */
export class ByteTable<T> {
  #make: (text: string) => T;
  #texts: (string | undefined)[] = Array.from({ length: SLOTS });
  #values: (T | undefined)[] = Array.from({ length: SLOTS });

  constructor(make: (text: string) => T) {
    this.#make = make;
  }

  get(bytes: Uint8Array, from: number, to: number): T {
    const length = to - from;
    if (length > LONGEST || length === 0) return this.#make(decode(bytes, from, to));
    let hash = length;
    for (let part = 0; part < 4; part++)
      hash = (Math.imul(hash, 31) + (bytes[from + ((length * part) >> 2)] as number)) | 0;
    hash = (Math.imul(hash, 31) + (bytes[to - 1] as number)) | 0;
    const slot = (hash ^ (hash >>> 11)) & (SLOTS - 1);
    const known = this.#texts[slot];
    if (known !== undefined && known.length === length && same(known, bytes, from)) return this.#values[slot] as T;
    const text = decode(bytes, from, to);
    const value = this.#make(text);
    this.#texts[slot] = text;
    this.#values[slot] = value;
    return value;
  }
}

const LONGEST = 64;
const SLOTS = 4096;

/** A text that is not ASCII has fewer units than bytes, and is never the same: it is asked for each time. */
function same(text: string, bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[from + i]) return false;
  return true;
}

function decode(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("utf8");
}
