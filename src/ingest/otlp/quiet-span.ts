import {
  END,
  KIND_AND_CODE,
  OWN,
  PARENT,
  START,
  TRACE,
  type Around,
  type QuietSpans,
} from "../../records/quiet-spans.ts";
import type { SpanFilter } from "../../records/span-filter.ts";
import { ByteTable } from "./byte-table.ts";
import { sameBytes } from "./same-bytes.ts";
import type { Wire } from "./wire.ts";

/**
 * Passes the spans of one request of OTLP protobuf that say nothing of what the filter asks for, without decoding them (the
 * numbers of the fields are above `spanAt`). Not passed is also what is malformed or of an unusual form, has no proper id,
 * or lost something at the SDK's limits.
 */
export class QuietSpanReader {
  #bytes: Uint8Array;
  #view: DataView;
  #filter: SpanFilter;
  #into: QuietSpans;
  /** Where the keys of the span before this one begin, by their order: the next span mostly has the same. */
  #keys = new Int32Array(MOST_KEYS);
  /** Where the parts of the span begin that are kept. */
  #trace = -1;
  #own = -1;
  #parent = -1;
  #start = -1;
  #end = -1;

  constructor({ bytes, view }: Wire, filter: SpanFilter, into: QuietSpans) {
    this.#bytes = bytes;
    this.#view = view;
    this.#filter = filter;
    this.#into = into;
  }

  /** Whether the Span in [from, to) was passed, and kept. */
  pass(from: number, to: number, around: Around): boolean {
    const bytes = this.#bytes;
    this.#trace = this.#own = this.#parent = this.#start = this.#end = -1;
    let [name, nameEnd, kind, code, keys] = [0, 0, 0, 0, 0];
    for (let at = from; at < to;) {
      const tag = bytes[at++] as number;
      if ((tag & 7) === LEN) {
        let length = bytes[at++] as number;
        if (length > 0x7f) {
          const more = bytes[at++] as number;
          if (more > 0x7f) return false;
          length = (length & 0x7f) | (more << 7);
        }
        const begin = at;
        at += length;
        if (at > to) return false;
        if (tag === 0x4a) {
          if (this.#isAsked(begin, at, keys++)) return false;
        } else if (tag === 0x0a) {
          if (length !== 16) return false;
          this.#trace = begin;
        } else if (tag === 0x12) {
          if (length !== 8) return false;
          this.#own = begin;
        } else if (tag === 0x22) {
          if (length !== 8 && length > 0) return false;
          // of a field that comes twice the last counts
          this.#parent = length > 0 ? begin : -1;
        } else if (tag === 0x2a) {
          name = begin;
          nameEnd = at;
        } else if (tag === 0x7a) {
          // a status is a code, or there is more to it
          if (length > 0 && (length !== 2 || bytes[begin] !== 0x18)) return false;
          code = length > 0 ? (bytes[begin + 1] as number) : 0;
        } else if (tag === 0x5a && isException(bytes, begin, at)) return false;
      } else if (tag === 0x39) {
        this.#start = at;
        at += 8;
      } else if (tag === 0x41) {
        this.#end = at;
        at += 8;
      } else if (tag === 0x30) kind = bytes[at++] as number;
      else if (tag === FLAGS && bytes[at] === 1) at += 5;
      else return false;
      if (at > to) return false;
    }
    return kind <= 0x7f && code <= 0x7f && this.#keep(name, nameEnd, kind | (code << 8), around);
  }

  #keep(name: number, nameEnd: number, kindAndCode: number, around: Around): boolean {
    if (this.#isNoId(this.#trace, 16) || this.#isNoId(this.#own, 8)) return false;
    if (this.#parent >= 0 && this.#isNoId(this.#parent, 8)) return false;
    const text = this.#filter.name(this.#bytes, name, nameEnd);
    if (text === null) return false;
    const view = this.#view;
    const to = this.#into.add(text, around);
    const { words } = this.#into;
    for (let n = 0; n < 4; n++) words[to + TRACE + n] = view.getUint32(this.#trace + n * 4);
    words[to + OWN] = view.getUint32(this.#own);
    words[to + OWN + 1] = view.getUint32(this.#own + 4);
    if (this.#parent >= 0) {
      words[to + PARENT] = view.getUint32(this.#parent);
      words[to + PARENT + 1] = view.getUint32(this.#parent + 4);
    }
    if (this.#start >= 0) {
      words[to + START] = view.getUint32(this.#start + 4, true);
      words[to + START + 1] = view.getUint32(this.#start, true);
    }
    if (this.#end >= 0) {
      words[to + END] = view.getUint32(this.#end + 4, true);
      words[to + END + 1] = view.getUint32(this.#end, true);
    }
    words[to + KIND_AND_CODE] = kindAndCode;
    return true;
  }

  /** All zeros are none. */
  #isNoId(from: number, length: number): boolean {
    if (from < 0) return true;
    for (let n = 0; n < length; n += 4) if (this.#view.getUint32(from + n) !== 0) return false;
    return true;
  }

  /** Whether a dialect asks for the key of the KeyValue in [from, to), the n-th. */
  #isAsked(from: number, to: number, n: number): boolean {
    if (from === to) return false;
    const bytes = this.#bytes;
    const end = wordEnd(bytes, from, to);
    if (bytes[from] !== KEY || end < 0) return true;
    const known = this.#keys[n] ?? 0;
    if (known > 0 && sameBytes(this.#view, from, known, end - from)) return false;
    if (this.#filter.key(bytes, from + 2, end)) return true;
    this.#keys[n] = from;
    return false;
  }
}

const LEN = 2;
/** The tags of a KeyValue's key, of an event's name, and the first byte of that of the flags. */
const KEY = 0x0a;
const NAME = 0x12;
const FLAGS = 0x85;
const MOST_KEYS = 64;

/** The end of a text of less than 128 bytes whose tag stands at `from`; -1 when there is none. */
function wordEnd(bytes: Uint8Array, from: number, to: number): number {
  const length = bytes[from + 1] as number;
  const end = from + 2 + length;
  return from + 1 < to && length < 0x80 && end <= to ? end : -1;
}

/** Events of the SDKs begin with time and name; of another form they may be one. */
function isException(bytes: Uint8Array, from: number, to: number): boolean {
  const at = bytes[from] === 0x09 ? from + 9 : from;
  if (at >= to || bytes[at] !== NAME) return true;
  const end = wordEnd(bytes, at, to);
  return end < 0 || IS_EXCEPTION.get(bytes, at + 2, end);
}

const IS_EXCEPTION = new ByteTable((name) => name === "exception");
