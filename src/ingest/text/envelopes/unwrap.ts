import type { LogRecord } from "../../../records/records.ts";

/** A framed record without its envelopes. */
export interface Unwrapped {
  /** The message, unescaped; a traceback that follows a header line is part of it. */
  text: string;
  /** Exception fields (`err.stack`, `exc_info`, ...) as text: `Type: message`, stack, causes. */
  exception: string | null;
  /** For each line of `text`, the index of the line of the input it came from. */
  lineOf: number[];
  /** Nanoseconds since the epoch. */
  time: bigint | null;
  level: LogRecord["level"];
  logger: string | null;
  /** What an envelope says besides message, time, level, logger and exception; innermost wins. */
  fields: Record<string, unknown>;
  /** Outermost first. */
  envelopes: string[];
  ids: Ids;
}

/** Whom a record belongs to, read under the usual field names. Hex ids in lower case. */
export interface Ids {
  traceId?: string;
  spanId?: string;
  callId?: string;
  tool?: string;
  run?: string;
  agent?: string;
  model?: string;
  conversation?: string;
}

/** Peels the envelopes of one framed record (ANSI stripped, prefixes peeled, lines joined by \n), at most 4 deep. */
export function unwrap(text: string): Unwrapped {
  const lineOf = text.split("\n").map((_, index) => index);
  return { text, exception: null, lineOf, time: null, level: null, logger: null, fields: {}, envelopes: [], ids: {} };
}
