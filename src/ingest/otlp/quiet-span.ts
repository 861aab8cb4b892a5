import type { SpanFilter } from "../../records/span-filter.ts";
import { ByteTable } from "./byte-table.ts";
import { Malformed, type Wire } from "./wire.ts";

/**
 * Whether the Span in the wire's range says nothing that `filter` asks for, found without decoding it; the numbers of its
 * fields are above `spanAt`. Quiet: the wire stands at its end; else it stands where it was. What is malformed or has no
 * proper id is not quiet.
 */
export function passQuiet(wire: Wire, filter: SpanFilter): boolean {
  const start = wire.at;
  try {
    if (isQuiet(wire, filter)) return true;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  wire.at = start;
  return false;
}

function isQuiet(wire: Wire, filter: SpanFilter): boolean {
  const { bytes } = wire;
  let ids = 0;
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if ((tag & 7) !== 2) {
      wire.skip(tag);
      continue;
    }
    const to = wire.length();
    const from = wire.at;
    wire.at = to;
    if (tag === 0x4a) {
      if (from < to && bytes[from] !== 0x0a) return false;
      const key = wordAt(bytes, from, to);
      if (key < 0 || filter.key(bytes, from + 2, key)) return false;
    } else if (tag === 0x0a || tag === 0x12) {
      if (to - from !== (tag === 0x0a ? 16 : 8) || isZero(bytes, from)) return false;
      ids |= tag === 0x0a ? 1 : 2;
    } else if (tag === 0x2a) {
      if (filter.name(bytes, from, to)) return false;
    } else if (tag === 0x7a) {
      if (hasMessage(bytes, from, to)) return false;
    } else if (tag === 0x5a && isException(bytes, from, to)) return false;
  }
  return ids === 3;
}

/** The end of a text of less than 128 bytes whose tag stands at `from`; -1 when there is none. */
function wordAt(bytes: Uint8Array, from: number, to: number): number {
  const length = bytes[from + 1] as number;
  const end = from + 2 + length;
  return from + 1 < to && length < 0x80 && end <= to ? end : -1;
}

/** Ids that begin with zeros may be none at all. */
function isZero(bytes: Uint8Array, at: number): boolean {
  return (
    ((bytes[at] as number) | (bytes[at + 1] as number) | (bytes[at + 2] as number) | (bytes[at + 3] as number)) === 0
  );
}

/** A status is a code, or there is more to it. */
function hasMessage(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from > 2 || (to - from === 2 && bytes[from] !== 0x18);
}

/** Events of the SDKs begin with time and name; of another form they may be one. */
function isException(bytes: Uint8Array, from: number, to: number): boolean {
  const at = bytes[from] === 0x09 ? from + 9 : from;
  if (at >= to || bytes[at] !== 0x12) return true;
  const end = wordAt(bytes, at, to);
  return end < 0 || IS_EXCEPTION.get(bytes, at + 2, end);
}

const IS_EXCEPTION = new ByteTable((name) => name === "exception");
