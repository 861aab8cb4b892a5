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
import { ByteTable } from "./byte-table.ts";

/**
 * Passes one span of OTLP JSON and tells whether it may say what the filter asks for, without parsing it. What is of an
 * unusual form, or has no proper id, may.
 */
export class SpanScan {
  /** About the span that was passed last. */
  isHeard = false;
  #bytes: Uint8Array;
  #filter: SpanFilter;
  #ids = 0;

  constructor(bytes: Uint8Array, filter: SpanFilter) {
    this.#bytes = bytes;
    this.#filter = filter;
  }

  /** Gives the offset behind the span that begins at `from`; -1 when it is not whole. */
  pass(from: number, isHeard: boolean): number {
    const bytes = this.#bytes;
    this.isHeard = isHeard || bytes[from] !== OBJECT;
    this.#ids = 0;
    if (this.isHeard) return passValue(bytes, from);
    let at = from + 1;
    for (;;) {
      at = passBlank(bytes, at);
      const name = at + 1;
      if (bytes[at] !== QUOTE) break;
      at = passString(bytes, at);
      if (at < 0) return -1;
      const field = FIELDS.get(bytes, name, at - 1);
      at = passBlank(bytes, at);
      if (bytes[at] !== COLON) return -1;
      at = this.#field(field, passBlank(bytes, at + 1));
      if (at < 0) return -1;
      if (this.isHeard) return passRest(bytes, at, 1);
      at = passBlank(bytes, at);
      if (bytes[at] !== COMMA) break;
      at++;
    }
    if (bytes[at] !== OBJECT_END) return -1;
    this.isHeard = this.#ids !== 3;
    return at + 1;
  }

  #field(field: Field, at: number): number {
    const bytes = this.#bytes;
    if (field === "attributes") return this.#attributes(at);
    const end = passValue(bytes, at);
    if (end < 0 || field === "other") return end;
    if (field === "name") this.isHeard = bytes[at] === QUOTE && this.#filter.name(bytes, at + 1, end - 1);
    else if (field === "traceId") this.#id(at, end, 32, 1);
    else if (field === "spanId") this.#id(at, end, 16, 2);
    else if (field === "status") this.isHeard = end - at > CODE_ONLY && this.#has(at, end, '"message"');
    else this.isHeard = end - at > 2 && this.#has(at, end, "exception");
    return end;
  }

  #id(from: number, to: number, length: number, bit: number): void {
    const bytes = this.#bytes;
    const isProper = bytes[from] === QUOTE && to - from === length + 2;
    // ids that begin with zeros may be none at all
    if (!isProper || (bytes[from + 1] === ZERO && bytes[from + 2] === ZERO && bytes[from + 3] === ZERO))
      this.isHeard = true;
    this.#ids |= bit;
  }

  #has(from: number, to: number, word: string): boolean {
    const bytes = this.#bytes;
    const part = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from);
    return part.includes(word) || part.includes(BACKSLASH);
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

type Field = "attributes" | "name" | "traceId" | "spanId" | "status" | "events" | "other";
const NAMES: Readonly<Record<string, Field>> = {
  attributes: "attributes",
  name: "name",
  traceId: "traceId",
  trace_id: "traceId",
  spanId: "spanId",
  span_id: "spanId",
  status: "status",
  events: "events",
};
const FIELDS = new ByteTable<Field>((name) => (Object.hasOwn(NAMES, name) ? NAMES[name]! : "other"));

/** The length of `{"code":1}`. */
const CODE_ONLY = 10;
const ZERO = 0x30;
const K = 0x6b;
