/**
 * Brings a source to UTF-8 by its byte order mark (UTF-16 of either order; a mark of UTF-8 is taken off), and tells
 * where a byte of the result was in the source.
 */
export class Transcoder {
  #head: Uint8Array | null = new Uint8Array(0);
  #decoder: Decoder | null = null;
  #swap = false;
  /** Bytes of the mark. */
  #mark = 0;
  /** An odd byte at the end of the last push, or nothing. */
  #rest = new Uint8Array(0);
  /** The latest slices of UTF-16 input as UTF-8, with the offset of each on both sides. */
  #slices: Slice[] = [];

  push(bytes: Uint8Array): Uint8Array {
    if (this.#head !== null) {
      const head = joined(this.#head, bytes);
      if (head.length < 3) {
        this.#head = head;
        return new Uint8Array(0);
      }
      return this.#begin(head);
    }
    return this.#decoder === null ? bytes : this.#decode(this.#decoder, bytes);
  }

  end(): Uint8Array {
    const start = this.#head === null ? new Uint8Array(0) : this.#begin(this.#head);
    if (this.#decoder === null || this.#rest.length === 0) return start;
    return joined(start, new TextEncoder().encode("\ufffd"));
  }

  /** The offset in the source of a byte of the result; near the end of what was pushed, as records are. */
  offsetOf(offset: number): number {
    if (this.#decoder === null) return offset + this.#mark;
    let slice: Slice | undefined;
    for (let i = this.#slices.length - 1; i >= 0; i -= 1) {
      slice = this.#slices[i]!;
      if (slice.start <= offset) break;
    }
    if (slice === undefined) return this.#mark;
    return slice.source + 2 * unitsIn(slice.bytes.subarray(0, Math.max(0, offset - slice.start)));
  }

  #begin(head: Uint8Array): Uint8Array {
    this.#head = null;
    const [a, b, c] = head;
    if (a === 0xef && b === 0xbb && c === 0xbf) this.#mark = 3;
    else if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
      this.#mark = 2;
      this.#swap = a === 0xfe;
      this.#decoder = new TextDecoder("utf-16le", { ignoreBOM: true });
    }
    return this.push(head.subarray(this.#mark));
  }

  #decode(decoder: Decoder, bytes: Uint8Array): Uint8Array {
    const input = this.#rest.length === 0 ? bytes : joined(this.#rest, bytes);
    const even = input.length & ~1;
    this.#rest = input.slice(even);
    const parts: Uint8Array[] = [];
    for (let from = 0; from < even; from += SLICE) {
      const piece = input.subarray(from, Math.min(even, from + SLICE));
      parts.push(this.#slice(decoder, this.#swap ? swapped(piece) : piece));
    }
    return parts.reduce((all, part) => (all.length === 0 ? part : joined(all, part)), new Uint8Array(0));
  }

  #slice(decoder: Decoder, piece: Uint8Array): Uint8Array {
    const bytes = new TextEncoder().encode(decoder.decode(piece, { stream: true }));
    const last = this.#slices.at(-1);
    if (last !== undefined && last.bytes.length + bytes.length < SLICE) {
      last.bytes = joined(last.bytes, bytes);
      return bytes;
    }
    const start = last === undefined ? 0 : last.start + last.bytes.length;
    const source = last === undefined ? this.#mark : last.source + 2 * unitsIn(last.bytes);
    this.#slices.push({ start, source, bytes });
    if (this.#slices.length > 2 * KEPT) this.#slices = this.#slices.slice(-KEPT);
    return bytes;
  }
}

type Decoder = InstanceType<typeof TextDecoder>;

interface Slice {
  start: number;
  source: number;
  bytes: Uint8Array;
}

const SLICE = 16 * 1024;
/** Slices to look back into, of more than half a `SLICE` on average: more than the window and a record together. */
const KEPT = 512;

/** UTF-16 units of UTF-8 bytes. */
function unitsIn(bytes: Uint8Array): number {
  let units = 0;
  for (const byte of bytes) if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  return units;
}

function swapped(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    out[i] = bytes[i + 1]!;
    out[i + 1] = bytes[i]!;
  }
  return out;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
