import type { LogRecord } from "../../../records/records.ts";
import { type Envelope, firstKind, firstLine, type Peeled } from "./envelope.ts";
import { type Ids, readIds } from "./ids.ts";
import { embeddedEvent } from "./json/autogen.ts";
import { objectBelow } from "./json/below.ts";
import { json } from "./json/envelope.ts";
import { stackText } from "./json/errors.ts";
import { BY_FIRST } from "./registry.ts";

/** A framed record without its envelopes. */
export interface Unwrapped {
  /** The message, unescaped; a traceback that follows a header line is part of it. */
  text: string;
  /** Error fields (`err.stack`, `exc_info`, `error`, ...) as text: `Type: message`, stack, own properties, causes. */
  exception: string | null;
  /** For each line of `text`, the index of the line of the input it came from. */
  lineOf: number[];
  /** Nanoseconds since the epoch. */
  time: bigint | null;
  level: LogRecord["level"];
  logger: string | null;
  /** What an envelope says besides message, time, level, logger and stack; innermost wins. */
  fields: Record<string, unknown>;
  /** Outermost first. */
  envelopes: string[];
  ids: Ids;
}

const DEEPEST = 4;

/** Peels the envelopes of one framed record (ANSI stripped, prefixes peeled, lines joined by \n), at most 4 deep. */
export function unwrap(text: string): Unwrapped {
  const out: Unwrapped = {
    text,
    exception: null,
    lineOf: [],
    time: null,
    level: null,
    logger: null,
    fields: {},
    envelopes: [],
    ids: {},
  };
  let lineOf: number[] | null = null;
  let inside: Envelope["kind"] = "transport";
  for (let depth = 0; depth < DEEPEST; depth++) {
    const step = peelOne(out.text, inside);
    if (step === null) break;
    lineOf = compose(lineOf, step.peeled.lineOf);
    take(out, step.peeled, step.name);
    inside = step.kind;
    // An object without a message is its own text: it would be peeled for ever.
    if (step.last) break;
  }
  const below = objectBelow(out.text);
  if (below !== null) {
    // `Response:` and the object below: the text keeps both.
    out.fields = { ...below, ...out.fields };
    out.exception ??= stackText(below);
    out.envelopes.push("json");
  }
  if (out.text.includes("\r")) {
    // Lambda writes the line breaks of a traceback as \r.
    const normal = splitReturns(out.text);
    out.text = normal.text;
    lineOf = compose(lineOf, normal.lineOf);
  }
  out.lineOf = lineOf ?? out.text.split("\n").map((_, index) => index);
  if (out.envelopes.length > 0) out.ids = readIds(out.fields);
  return out;
}

interface Step {
  peeled: Peeled;
  name: string;
  kind: Envelope["kind"];
  last: boolean;
}

function peelOne(text: string, inside: Envelope["kind"]): Step | null {
  for (const envelope of BY_FIRST.get(firstKind(text))!) {
    if (inside === "record" && envelope !== json) continue;
    const peeled = envelope.peel(text);
    if (peeled === null) continue;
    const last = envelope === json && peeled.text.startsWith(text);
    return { peeled, name: peeled.name ?? envelope.name, kind: peeled.kind ?? envelope.kind, last };
  }
  return embedded(text);
}

/** Streamed text and then, on the same line, an AutoGen event: the event is what the line is for. */
function embedded(text: string): Step | null {
  const line = firstLine(text);
  const at = embeddedEvent(line);
  if (at === -1) return null;
  return {
    peeled: { text: text.slice(at), fields: { printed: line.slice(0, at) } },
    name: "printed",
    kind: "transport",
    last: false,
  };
}

function take(out: Unwrapped, peeled: Peeled, name: string): void {
  out.text = peeled.text;
  out.time = peeled.time ?? out.time;
  out.level = peeled.level ?? out.level;
  out.logger = peeled.logger ?? out.logger;
  if (peeled.exception != null) {
    out.exception = out.exception === null ? peeled.exception : `${out.exception}\n${peeled.exception}`;
  }
  if (peeled.fields !== undefined) out.fields = { ...out.fields, ...peeled.fields };
  out.envelopes.push(name);
}

/** Line numbers through two peelings; absent means line for line the same. */
function compose(outer: number[] | null, inner: number[] | undefined): number[] | null {
  if (inner === undefined) return outer;
  return outer === null ? inner : inner.map((index) => outer[index] ?? outer.at(-1) ?? 0);
}

function splitReturns(text: string): { text: string; lineOf: number[] } {
  const lineOf: number[] = [];
  const lines = text.split("\n").flatMap((line, index) => {
    const parts = (line.endsWith("\r") ? line.slice(0, -1) : line).split("\r");
    for (let i = 0; i < parts.length; i++) lineOf.push(index);
    return parts;
  });
  return { text: lines.join("\n"), lineOf };
}
