import {
  END as END_AT,
  KIND_AND_CODE,
  OWN,
  PARENT,
  START as START_AT,
  TRACE,
  WORDS,
  type Around,
  type QuietSpans,
} from "../../records/quiet-spans.ts";
import type { SpanFilter } from "../../records/span-filter.ts";
import { object } from "../json/access.ts";
import { parseInner } from "../json/parse.ts";
import {
  BACKSLASH,
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
import { decimalInto, hexInto } from "./digits.ts";
import { codeNumber, kindNumber } from "./enums.ts";
import { KeyScan } from "./key-scan.ts";
import { sameBytes } from "./same-bytes.ts";
import {
  ATTRIBUTES,
  DROPPED,
  END,
  EVENTS,
  FIELDS,
  KIND,
  NAME,
  PARENT_ID,
  SPAN_ID,
  START,
  STATUS,
  TRACE_ID,
  type Field,
} from "./span-fields.ts";

/**
 * Passes the spans of one request of OTLP JSON and tells which may say what the filter asks for, without parsing them. What
 * is of an unusual form, has no proper id, or lost something at the SDK's limits, may.
 */
export class SpanScan {
  /** About the span that was passed last. */
  isHeard = false;
  #bytes: Uint8Array;
  #view: DataView;
  #filter: SpanFilter;
  #keys: KeyScan;
  #into: QuietSpans;
  #words = new Uint32Array(WORDS);
  #name = "";
  /** By their order: where the fields of the span before begin, how long they are up to their values, and which they are. */
  #known = new Int32Array(MOST * 3);

  constructor(bytes: Uint8Array, filter: SpanFilter, into: QuietSpans) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#filter = filter;
    this.#keys = new KeyScan(bytes, filter);
    this.#into = into;
  }

  /** Gives the offset behind the span that begins at `from`; -1 when it is not whole. A quiet one is kept. */
  pass(from: number, isHeard: boolean, around: Around): number {
    const bytes = this.#bytes;
    this.isHeard = isHeard || bytes[from] !== OBJECT;
    if (this.isHeard) return passValue(bytes, from);
    this.#words.fill(0);
    this.#name = "";
    let at = from + 1;
    for (let n = 0; ; n++) {
      at = passBlank(bytes, at);
      if (bytes[at] !== QUOTE) break;
      const begin = this.#valueAt(at, n);
      if (begin < 0) return -1;
      at = this.#value(this.#field, begin);
      if (at < 0) return -1;
      if (this.isHeard) return passRest(bytes, at, 1);
      at = passBlank(bytes, at);
      if (bytes[at] !== COMMA) break;
      at++;
    }
    if (bytes[at] !== OBJECT_END) return -1;
    this.#keep(around);
    return at + 1;
  }

  /** The field whose value `#valueAt` found last. */
  #field: Field = 0;

  /** The value of the n-th field, whose name begins at `from`: mostly the same name as in the span before. */
  #valueAt(from: number, n: number): number {
    const bytes = this.#bytes;
    const known = n * 3;
    const length = this.#known[known + 1] ?? 0;
    if (length > 0 && sameBytes(this.#view, from, this.#known[known]!, length)) {
      this.#field = this.#known[known + 2]!;
      return from + length;
    }
    const end = passString(bytes, from);
    if (end < 0) return -1;
    this.#field = FIELDS.get(bytes, from + 1, end - 1);
    const begin = passColon(bytes, end);
    if (begin >= 0 && n < MOST) {
      this.#known[known] = from;
      this.#known[known + 1] = begin - from;
      this.#known[known + 2] = this.#field;
    }
    return begin;
  }

  /** Passes a field's value, and keeps what it says. */
  #value(field: Field, from: number): number {
    const bytes = this.#bytes;
    if (field === ATTRIBUTES) {
      const to = this.#keys.pass(from);
      this.isHeard = this.#keys.isAsked;
      return to;
    }
    if (field === TRACE_ID && this.#isHex(from, 32, TRACE)) return from + 34;
    if (field === SPAN_ID && this.#isHex(from, 16, OWN)) return from + 18;
    if (field === PARENT_ID && this.#isHex(from, 16, PARENT)) return from + 18;
    const to = passValue(bytes, from);
    if (to < 0) return -1;
    // of a field that comes twice the last counts
    if (field === PARENT_ID) this.#words.fill(0, PARENT, PARENT + 2);
    else if (field === KIND) this.#words[KIND_AND_CODE]! &= ~0xff;
    else if (field === STATUS) this.#words[KIND_AND_CODE]! &= 0xff;
    if (field === START) this.#time(from, to, START_AT);
    else if (field === END) this.#time(from, to, END_AT);
    else if (field === NAME) this.#named(from, to);
    else if (field === KIND) this.#words[KIND_AND_CODE]! |= kindNumber(this.#small(from, to));
    else if (field === STATUS && to - from > 2) this.#status(from, to);
    else if (field === EVENTS && to - from > 2) this.isHeard ||= this.#has(from, to, "exception");
    else if (field === TRACE_ID || field === SPAN_ID || field === DROPPED || (field === PARENT_ID && to - from > 2))
      this.isHeard = true;
    return to;
  }

  #isHex(from: number, length: number, word: number): boolean {
    const bytes = this.#bytes;
    return (
      bytes[from] === QUOTE &&
      bytes[from + 1 + length] === QUOTE &&
      hexInto(bytes, from + 1, length, this.#words, word) &&
      !isZero(this.#words, word, length >> 3)
    );
  }

  /** Nanoseconds as digits, in quotes or bare. */
  #time(from: number, to: number, word: number): void {
    const quote = this.#bytes[from] === QUOTE ? 1 : 0;
    if (!decimalInto(this.#bytes, from + quote, to - quote, this.#words, word)) this.isHeard = true;
  }

  #named(from: number, to: number): void {
    const name = this.#bytes[from] === QUOTE ? this.#filter.name(this.#bytes, from + 1, to - 1) : null;
    if (name === null) this.isHeard = true;
    else this.#name = name;
  }

  #status(from: number, to: number): void {
    if (to - from > CODE_ONLY && this.#has(from, to, '"message"')) this.isHeard = true;
    else this.#words[KIND_AND_CODE]! |= codeNumber(object(this.#small(from, to))["code"]) << 8;
  }

  #has(from: number, to: number, word: string): boolean {
    const part = Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + from, to - from);
    return part.includes(word) || part.includes(BACKSLASH);
  }

  /** A value of few bytes. */
  #small(from: number, to: number): unknown {
    // the number of a kind is one digit
    if (to - from === 1) return this.#bytes[from]! - ZERO;
    return parseInner(Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + from, to - from).toString("utf8"));
  }

  #keep(around: Around): void {
    const words = this.#words;
    if (isZero(words, TRACE, 4) || isZero(words, OWN, 2)) {
      this.isHeard = true;
      return;
    }
    const to = this.#into.add(this.#name, around);
    this.#into.words.set(words, to);
  }
}

function isZero(words: Uint32Array, from: number, length: number): boolean {
  for (let at = from; at < from + length; at++) if (words[at] !== 0) return false;
  return true;
}

/** The length of `{"code":1}`. */
const CODE_ONLY = 10;
const ZERO = 0x30;
const MOST = 32;
