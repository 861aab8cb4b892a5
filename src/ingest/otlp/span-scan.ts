import type { Span } from "../../records/records.ts";
import type { SpanFilter } from "../../records/span-filter.ts";
import {
  ARRAY,
  ARRAY_END,
  BACKSLASH,
  COLON,
  COMMA,
  OBJECT,
  OBJECT_END,
  passBlank,
  passRest,
  passString,
  passValue,
  QUOTE,
} from "../json/pass.ts";
import { object } from "../json/access.ts";
import { parseInner } from "../json/parse.ts";
import { codeOf, kindOf } from "./enums.ts";
import { idOf } from "./ids.ts";
import {
  ATTRIBUTES,
  COUNT,
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
import { headOf, type Around } from "./messages.ts";
import { nanosOf } from "./times.ts";

/**
 * Passes one span of OTLP JSON and tells whether it may say what the filter asks for, without parsing it. What is of an
 * unusual form, has no proper id, or lost something at the SDK's limits, may.
 */
export class SpanScan {
  /** About the span that was passed last. */
  isHeard = false;
  #bytes: Uint8Array;
  #buffer: Buffer;
  #filter: SpanFilter;
  /** Where the values of its fields are, by field: begin, and end at the next index; 0 where it has none. */
  #places = new Int32Array(COUNT * 2);
  #lastText = "";
  #lastTrace = "";

  constructor(bytes: Uint8Array, filter: SpanFilter) {
    this.#bytes = bytes;
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#filter = filter;
  }

  /** Gives the offset behind the span that begins at `from`; -1 when it is not whole. */
  pass(from: number, isHeard: boolean): number {
    const bytes = this.#bytes;
    this.isHeard = isHeard || bytes[from] !== OBJECT;
    if (this.isHeard) return passValue(bytes, from);
    const places = this.#places.fill(0);
    let at = from + 1;
    for (;;) {
      at = passBlank(bytes, at);
      const name = at + 1;
      if (bytes[at] !== QUOTE) break;
      at = passString(bytes, at);
      if (at < 0) return -1;
      const field = FIELDS.get(bytes, name, at - 1);
      const value = passBlank(bytes, at) + 1;
      if (bytes[value - 1] !== COLON) return -1;
      const begin = passBlank(bytes, value);
      at = field === ATTRIBUTES ? this.#attributes(begin) : passValue(bytes, begin);
      if (at < 0) return -1;
      places[field * 2] = begin;
      places[field * 2 + 1] = at;
      if (this.isHeard) return passRest(bytes, at, 1);
      at = passBlank(bytes, at);
      if (bytes[at] !== COMMA) break;
      at++;
    }
    if (bytes[at] !== OBJECT_END) return -1;
    this.isHeard = this.#says();
    return at + 1;
  }

  /** A quiet span without its attributes, events and links. */
  head(around: Around): Span {
    const span = headOf(around);
    span.traceId = this.#trace();
    span.spanId = idOf(this.#text(SPAN_ID)) ?? "";
    span.parentSpanId = this.#length(PARENT_ID) > 2 ? idOf(this.#text(PARENT_ID)) : null;
    span.name = this.#length(NAME) > 0 ? this.#text(NAME) : "";
    span.kind = kindOf(this.#value(KIND));
    span.startNs = this.#time(START);
    span.endNs = this.#time(END);
    if (this.#length(STATUS) > 2) span.status.code = codeOf(object(this.#value(STATUS))["code"]);
    return span;
  }

  /** Spans of one trace mostly follow each other, and share the text. */
  #trace(): string {
    const text = this.#text(TRACE_ID);
    if (text !== this.#lastText) {
      this.#lastText = text;
      this.#lastTrace = idOf(text) ?? "";
    }
    return this.#lastTrace;
  }

  #says(): boolean {
    const bytes = this.#bytes;
    const name = this.#places[NAME * 2]!;
    if (name > 0 && (bytes[name] !== QUOTE || this.#filter.name(bytes, name + 1, this.#places[NAME * 2 + 1]! - 1)))
      return true;
    if (!this.#isId(TRACE_ID, 32) || !this.#isId(SPAN_ID, 16)) return true;
    if (this.#length(PARENT_ID) > 2 && !this.#isId(PARENT_ID, 16)) return true;
    if (this.#length(DROPPED) > 0) return true;
    return (
      (this.#length(STATUS) > CODE_ONLY && this.#has(STATUS, '"message"')) ||
      (this.#length(EVENTS) > 2 && this.#has(EVENTS, "exception"))
    );
  }

  #length(field: Field): number {
    return this.#places[field * 2 + 1]! - this.#places[field * 2]!;
  }

  /** All zeros are no id. */
  #isId(field: Field, length: number): boolean {
    const bytes = this.#bytes;
    const from = this.#places[field * 2]!;
    if (this.#length(field) !== length + 2 || bytes[from] !== QUOTE) return false;
    let at = from + 1;
    while (bytes[at] === ZERO) at++;
    return at <= from + length;
  }

  #has(field: Field, word: string): boolean {
    const part = this.#buffer.subarray(this.#places[field * 2], this.#places[field * 2 + 1]);
    return part.includes(word) || part.includes(BACKSLASH);
  }

  /** A text without a backslash. */
  #text(field: Field): string {
    return this.#buffer.toString(
      field === NAME ? "utf8" : "latin1",
      this.#places[field * 2]! + 1,
      this.#places[field * 2 + 1]! - 1,
    );
  }

  /** Nanoseconds as digits, in quotes or bare. */
  #time(field: Field): bigint | null {
    const length = this.#length(field);
    if (length === 0) return null;
    const from = this.#places[field * 2]!;
    const quote = this.#bytes[from] === QUOTE ? 1 : 0;
    return nanosOf(this.#buffer.toString("latin1", from + quote, from + length - quote));
  }

  #value(field: Field): unknown {
    const [from, to] = [this.#places[field * 2]!, this.#places[field * 2 + 1]!];
    if (from === to) return undefined;
    // the number of a kind is one digit
    if (to - from === 1) return this.#bytes[from]! - ZERO;
    return parseInner(this.#buffer.toString("utf8", from, to));
  }

  /** `[{"key":"","value":{}}]`; a list of another form may say anything. */
  #attributes(from: number): number {
    const bytes = this.#bytes;
    if (bytes[from] !== ARRAY) return this.#heard(from);
    let at = passBlank(bytes, from + 1);
    if (bytes[at] === ARRAY_END) return at + 1;
    for (;;) {
      if (bytes[at] !== OBJECT) return this.#heard(from);
      const name = passBlank(bytes, at + 1);
      if (bytes[name] !== QUOTE || bytes[name + 1] !== K || bytes[name + 4] !== QUOTE) return this.#heard(from);
      const colon = passBlank(bytes, name + 5);
      const key = bytes[colon] === COLON ? passBlank(bytes, colon + 1) : -1;
      const end = bytes[key] === QUOTE ? passString(bytes, key) : -1;
      if (end < 0 || this.#filter.key(bytes, key + 1, end - 1)) return this.#heard(from);
      at = passBlank(bytes, passRest(bytes, end, 1));
      if (bytes[at] === ARRAY_END) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = passBlank(bytes, at + 1);
    }
  }

  #heard(from: number): number {
    this.isHeard = true;
    return passValue(this.#bytes, from);
  }
}

/** The length of `{"code":1}`. */
const CODE_ONLY = 10;
const ZERO = 0x30;
const K = 0x6b;
