import { Malformed, type Wire } from "./wire.ts";

export type Signal = "traces" | "logs" | "metrics";

/**
 * What the record is that the wire's range holds: a Span, a LogRecord or a Metric, by the wire types of the fields that
 * they do not share. The wire is left where it was. Null when nothing tells.
 *
 *   field       1            2         5      6       7        8        9          11
 *   Span        LEN (16)     LEN (8)   LEN    VARINT  FIXED64  FIXED64  LEN        LEN
 *   LogRecord   FIXED64      VARINT    LEN    LEN     VARINT   FIXED32  LEN (16)   FIXED64
 *   Metric      LEN          LEN       LEN            LEN               LEN        LEN
 */
export function signalOf(wire: Wire): Signal | null {
  const start = wire.at;
  let told: Signal | null = null;
  try {
    for (let tag = wire.tag(); tag !== 0 && told === null; tag = wire.tag()) {
      told = TELLING.get(tag) ?? null;
      if (told === null) wire.skip(tag);
    }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
  wire.at = start;
  return told;
}

const VARINT = 0;
const FIXED64 = 1;
const LEN = 2;
const FIXED32 = 5;

const TELLING = new Map<number, Signal>([
  [tagOf(6, VARINT), "traces"],
  [tagOf(7, FIXED64), "traces"],
  [tagOf(8, FIXED64), "traces"],
  [tagOf(10, VARINT), "traces"],
  [tagOf(15, LEN), "traces"],
  [tagOf(16, FIXED32), "traces"],
  [tagOf(1, FIXED64), "logs"],
  [tagOf(2, VARINT), "logs"],
  [tagOf(6, LEN), "logs"],
  [tagOf(7, VARINT), "logs"],
  [tagOf(8, FIXED32), "logs"],
  [tagOf(11, FIXED64), "logs"],
  [tagOf(7, LEN), "metrics"],
  [tagOf(10, LEN), "metrics"],
]);

function tagOf(field: number, type: number): number {
  return field * 8 + type;
}
