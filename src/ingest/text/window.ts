import { countNewlines, NEWLINE } from "./newlines.ts";

/**
 * The part of a source that is held: appended at the end, released from the front. All offsets are absolute.
 */
export class Window {
  base: number;
  end: number;
  #bytes = new Uint8Array(64 * 1024);
  /** Absolute offset of `#bytes[0]`. */
  #origin: number;

  constructor(base: number) {
    this.base = base;
    this.end = base;
    this.#origin = base;
  }

  append(piece: Uint8Array): void {
    if (this.end - this.#origin + piece.length > this.#bytes.length) this.#makeRoom(piece.length);
    this.#bytes.set(piece, this.end - this.#origin);
    this.end += piece.length;
  }

  /** Forgets all before `offset`. */
  release(offset: number): void {
    this.base = Math.max(this.base, offset);
  }

  /** The bytes of [from, to), valid until the next append. */
  slice(from: number, to: number): Uint8Array {
    return this.#bytes.subarray(from - this.#origin, to - this.#origin);
  }

  /** Offset of the first byte of the line that holds `offset`. */
  lineStart(offset: number): number {
    const bytes = this.#bytes;
    const first = this.base - this.#origin;
    let at = offset - this.#origin - 1;
    while (at >= first && bytes[at] !== NEWLINE) at -= 1;
    return this.#origin + at + 1;
  }

  /** Offset after the line feed that ends the line at `start`; the end of all where it has none. */
  lineEnd(start: number): number {
    const at = this.#bytes.indexOf(NEWLINE, start - this.#origin) + this.#origin;
    return at < start || at >= this.end ? this.end : at + 1;
  }

  /** Line feeds in [from, to). */
  newlines(from: number, to: number): number {
    return countNewlines(this.#bytes, from - this.#origin, to - this.#origin);
  }

  #makeRoom(more: number): void {
    const held = this.slice(this.base, this.end);
    const need = held.length + more;
    if (need > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(need, this.#bytes.length * 2));
      grown.set(held);
      this.#bytes = grown;
    } else {
      this.#bytes.copyWithin(0, this.base - this.#origin, this.end - this.#origin);
    }
    this.#origin = this.base;
  }
}
