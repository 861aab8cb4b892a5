import type { SpanFilter } from "../../records/span-filter.ts";
import {
  ARRAY,
  ARRAY_END,
  COMMA,
  OBJECT,
  OBJECT_END,
  passBlank,
  passColon,
  passRest,
  passString,
  passValue,
  QUOTE,
} from "../json/pass.ts";
import { sameBytes } from "./same-bytes.ts";

/**
 * Passes the attributes of spans, `[{"key":"","value":{"stringValue":""}}]`, and tells whether the filter asks for one of
 * their keys. Spans of one program have the same keys in the same order: what stood before each value the last time, key and
 * type, is compared in one go.
 */
export class KeyScan {
  /** About the list that was passed last: it has a key that is asked for, or is of another form, which may say anything. */
  isAsked = false;
  #bytes: Uint8Array;
  #view: DataView;
  #filter: SpanFilter;
  /** By their order in the list: where the attributes of the span before begin, and how long they are up to their values. */
  #known = new Int32Array(MOST * 2);

  constructor(bytes: Uint8Array, filter: SpanFilter) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#filter = filter;
  }

  /** Gives the offset behind the list that begins at `from`; -1 where it is not whole. */
  pass(from: number): number {
    const bytes = this.#bytes;
    this.isAsked = false;
    if (bytes[from] !== ARRAY) return this.#asked(from);
    let at = passBlank(bytes, from + 1);
    if (bytes[at] === ARRAY_END) return at + 1;
    for (let n = 0; ; n++) {
      const length = this.#known[n * 2 + 1] ?? 0;
      if (length > 0 && sameBytes(this.#view, at, this.#known[n * 2]!, length))
        at = this.#restOf(passValue(bytes, at + length));
      else {
        at = this.#attribute(at, n);
        if (this.isAsked) return this.#asked(from);
      }
      if (at < 0) return -1;
      at = passBlank(bytes, at);
      if (bytes[at] === ARRAY_END) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = passBlank(bytes, at + 1);
    }
  }

  /** Behind the value of an attribute: the ends of its type and its own. */
  #restOf(at: number): number {
    const bytes = this.#bytes;
    if (at > 0 && bytes[at] === OBJECT_END && bytes[at + 1] === OBJECT_END) return at + 2;
    return at < 0 ? -1 : passRest(bytes, at, 2);
  }

  /** An attribute whose key was not there the last time. */
  #attribute(from: number, n: number): number {
    const bytes = this.#bytes;
    const name = bytes[from] === OBJECT ? passBlank(bytes, from + 1) : -1;
    const key = bytes[name + 1] === K && bytes[name + 4] === QUOTE ? this.#valueOf(name) : -1;
    const end = bytes[key] === QUOTE ? passString(bytes, key) : -1;
    if (end < 0 || this.#filter.key(bytes, key + 1, end - 1)) {
      this.isAsked = true;
      return -1;
    }
    const value = this.#innerOf(end);
    if (value > 0 && n < MOST) {
      this.#known[n * 2] = from;
      this.#known[n * 2 + 1] = value - from;
    }
    return passRest(bytes, end, 1);
  }

  /** Where the value in `,"value":{"stringValue":` begins; -1 where something else stands behind the key. */
  #innerOf(from: number): number {
    const bytes = this.#bytes;
    const comma = passBlank(bytes, from);
    const name = bytes[comma] === COMMA ? passBlank(bytes, comma + 1) : -1;
    const typed = bytes[name] === QUOTE && bytes[name + 1] === V ? this.#valueOf(name) : -1;
    const type = bytes[typed] === OBJECT ? passBlank(bytes, typed + 1) : -1;
    return bytes[type] === QUOTE ? this.#valueOf(type) : -1;
  }

  /** The value of the field whose name begins at `from`. */
  #valueOf(from: number): number {
    const bytes = this.#bytes;
    return bytes[from] === QUOTE ? passColon(bytes, passString(bytes, from)) : -1;
  }

  #asked(from: number): number {
    this.isAsked = true;
    return passValue(this.#bytes, from);
  }
}

const MOST = 64;
const K = 0x6b;
const V = 0x76;
