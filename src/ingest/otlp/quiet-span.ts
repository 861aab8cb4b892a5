import type { Span } from "../../records/records.ts";
import type { SpanFilter } from "../../records/span-filter.ts";
import { ByteTable } from "./byte-table.ts";
import { codeOf, kindOf } from "./enums.ts";
import { headOf, type Around } from "./messages.ts";
import { Malformed, type Wire } from "./wire.ts";

/**
 * The Span in the wire's range without its attributes and events, where none of them says what `filter` asks for; they are
 * passed without decoding (the numbers of the fields are above `spanAt`). Else null, and the wire stands where it was: also
 * for what is malformed, has no proper id, or lost something at the SDK's limits.
 */
export function quietSpanAt(wire: Wire, filter: SpanFilter, around: Around): Span | null {
  const start = wire.at;
  try {
    const span = read(wire, filter, around);
    if (span === null) wire.at = start;
    return span;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    wire.at = start;
    return null;
  }
}

function read(wire: Wire, filter: SpanFilter, around: Around): Span | null {
  const { bytes } = wire;
  let [trace, own, parent, name, nameEnd, kind, code] = [-1, -1, -1, 0, 0, 0, 0];
  let [startNs, endNs]: [bigint | null, bigint | null] = [null, null];
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if ((tag & 7) !== 2) {
      if (tag === 0x39) startNs = wire.fixed64() || null;
      else if (tag === 0x41) endNs = wire.fixed64() || null;
      else if (tag === 0x30) kind = wire.varint();
      else if (tag === 0x50 || tag === 0x60 || tag === 0x70) {
        if (wire.varint() > 0) return null;
      } else wire.skip(tag);
      continue;
    }
    const to = wire.length();
    const from = wire.at;
    wire.at = to;
    if (tag === 0x4a) {
      if (from < to && bytes[from] !== 0x0a) return null;
      const key = wordEnd(bytes, from, to);
      if (key < 0 || filter.key(bytes, from + 2, key)) return null;
    } else if (tag === 0x0a || tag === 0x12 || tag === 0x22) {
      if (tag === 0x22 && from === to) continue;
      if (to - from !== (tag === 0x0a ? 16 : 8) || isZero(bytes, from, to)) return null;
      if (tag === 0x0a) trace = from;
      else if (tag === 0x12) own = from;
      else parent = from;
    } else if (tag === 0x2a) {
      if (filter.name(bytes, from, to)) return null;
      [name, nameEnd] = [from, to];
    } else if (tag === 0x7a) {
      if (hasMessage(bytes, from, to)) return null;
      if (to > from) code = bytes[to - 1] as number;
    } else if (tag === 0x5a && isException(bytes, from, to)) return null;
  }
  if (trace < 0 || own < 0) return null;
  const span = headOf(around);
  span.traceId = wire.traceAt(trace);
  span.spanId = wire.buffer.toString("hex", own, own + 8);
  if (parent >= 0) span.parentSpanId = wire.buffer.toString("hex", parent, parent + 8);
  span.name = wire.buffer.toString("utf8", name, nameEnd);
  span.kind = kindOf(kind);
  span.startNs = startNs;
  span.endNs = endNs;
  if (code !== 0) span.status = { code: codeOf(code), message: null };
  return span;
}

/** The end of a text of less than 128 bytes whose tag stands at `from`; -1 when there is none. */
function wordEnd(bytes: Uint8Array, from: number, to: number): number {
  const length = bytes[from + 1] as number;
  const end = from + 2 + length;
  return from + 1 < to && length < 0x80 && end <= to ? end : -1;
}

/** All zeros are no id. */
function isZero(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to && bytes[at] === 0) at++;
  return at === to;
}

/** A status is a code, or there is more to it. */
function hasMessage(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from > 2 || (to - from === 2 && bytes[from] !== 0x18);
}

/** Events of the SDKs begin with time and name; of another form they may be one. */
function isException(bytes: Uint8Array, from: number, to: number): boolean {
  const at = bytes[from] === 0x09 ? from + 9 : from;
  if (at >= to || bytes[at] !== 0x12) return true;
  const end = wordEnd(bytes, at, to);
  return end < 0 || IS_EXCEPTION.get(bytes, at + 2, end);
}

const IS_EXCEPTION = new ByteTable((name) => name === "exception");
