/**
 * Protobuf fields, read one by one from a range of bytes. Every length is checked against the range, so that no bytes
 * can make it loop or read outside; what is malformed throws `Malformed`, which the callers catch per record.
 *
 *   tag = varint(field number << 3 | wire type); wire types: 0 VARINT, 1 FIXED64, 2 LEN (varint length, bytes), 5 FIXED32
 */
export class Wire {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly buffer: Buffer;
  at: number;
  end: number;
  /** The value of the last VARINT or the length of the last LEN, up to 2^53; higher bits are in `high`. */
  value = 0;
  high = 0;
  #trace = "";
  #traceAt = -1;

  constructor(bytes: Uint8Array, from = 0, to = bytes.length) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.at = from;
    this.end = to;
  }

  /** The next tag, 0 at the end of the range. */
  tag(): number {
    if (this.at >= this.end) return 0;
    const byte = this.bytes[this.at] as number;
    if (byte < 0x80) {
      this.at++;
      if (byte < 8) throw MALFORMED;
      return byte;
    }
    const tag = this.varint();
    if (tag < 8 || this.high !== 0) throw MALFORMED;
    return tag;
  }

  /** Bits 0 to 31 as an unsigned number; bits 32 to 63 in `high`. */
  varint(): number {
    const { bytes } = this;
    let at = this.at;
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= this.end) throw MALFORMED;
      const byte = bytes[at++] as number;
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >> 4;
      } else high |= bits << (shift - 32);
      if (byte < 0x80) {
        this.at = at;
        this.high = high >>> 0;
        return low >>> 0;
      }
    }
    throw MALFORMED;
  }

  /** An int64 as a number, or as its digits where a number is not exact. */
  int64(): number | string {
    const low = this.varint();
    const value = (this.high | 0) * 2 ** 32 + low;
    return Number.isSafeInteger(value) ? value : String((BigInt(this.high | 0) << 32n) | BigInt(low));
  }

  fixed64(): bigint {
    if (this.end - this.at < 8) throw MALFORMED;
    const value = this.view.getBigUint64(this.at, true);
    this.at += 8;
    return value;
  }

  double(): number {
    if (this.end - this.at < 8) throw MALFORMED;
    const value = this.view.getFloat64(this.at, true);
    this.at += 8;
    return value;
  }

  /** Enters a LEN field: gives the offset of its end. */
  length(): number {
    const length = this.varint();
    if (this.high !== 0 || length > this.end - this.at) throw MALFORMED;
    return this.at + length;
  }

  /** A text; keys and other short ones that come again and again are one string for all. */
  string(cached: number = CACHED_VALUE): string {
    const to = this.length();
    const from = this.at;
    this.at = to;
    if (from === to) return "";
    return to - from <= cached ? this.known(from, to) : this.buffer.toString("utf8", from, to);
  }

  key(): string {
    return this.string(CACHED_KEY);
  }

  hex(): string {
    const to = this.length();
    const from = this.at;
    this.at = to;
    return this.buffer.toString("hex", from, to);
  }

  /** A trace id of 16 bytes; spans of one trace mostly follow each other, and share the text. */
  traceAt(at: number): string {
    const { view, buffer } = this;
    const last = this.#traceAt;
    this.#traceAt = at;
    let part = last < 0 ? -1 : 0;
    while (part >= 0 && part < 16) part = view.getUint32(at + part) === view.getUint32(last + part) ? part + 4 : -1;
    return part < 0 ? (this.#trace = buffer.toString("hex", at, at + 16)) : this.#trace;
  }

  skip(tag: number): void {
    switch (tag & 7) {
      case 0:
        this.varint();
        return;
      case 1:
        this.pass(8);
        return;
      case 2:
        this.at = this.length();
        return;
      case 5:
        this.pass(4);
        return;
      default:
        throw MALFORMED;
    }
  }

  private pass(count: number): void {
    if (this.end - this.at < count) throw MALFORMED;
    this.at += count;
  }

  /** From the cache of short texts, else decoded. A few bytes choose the slot; all are compared. */
  private known(from: number, to: number): string {
    const { bytes } = this;
    const length = to - from;
    let hash = length;
    for (let part = 0; part < 4; part++)
      hash = (Math.imul(hash, 31) + (bytes[from + ((length * part) >> 2)] as number)) | 0;
    hash = (Math.imul(hash, 31) + (bytes[to - 1] as number)) | 0;
    const slot = (hash ^ (hash >>> 11)) & (SLOTS - 1);
    const text = CACHE[slot];
    if (text !== undefined && text.length === length && same(text, bytes, from)) return text;
    return (CACHE[slot] = this.buffer.toString("utf8", from, to));
  }
}

/** One for all: bytes can be malformed millions of times, and a stack each time is dear. */
export class Malformed extends Error {}
const MALFORMED = new Malformed("malformed protobuf");

const CACHED_KEY = 64;
const CACHED_VALUE = 20;
const SLOTS = 4096;
const CACHE: (string | undefined)[] = Array.from({ length: SLOTS });

function same(text: string, bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[from + i]) return false;
  return true;
}
