import type { Reader, Sink } from "../../../records/format.ts";
import type { LogRecord, OtelLog, Span } from "../../../records/records.ts";

/** What tests of readers share: collecting what comes out, blocks of a size, and mutations. */
export type Got = {
  spans: Span[];
  logs: OtelLog[];
  texts: LogRecord[];
  drops: Record<string, number>;
  notes: string[];
};

export function collect(read: (sink: Sink) => void): Got {
  const got: Got = { spans: [], logs: [], texts: [], drops: {}, notes: [] };
  read({
    span: (span) => void got.spans.push({ ...span, line: null }),
    otelLog: (log) => void got.logs.push({ ...log, line: null }),
    log: (record) => void got.texts.push(record),
    exchange: unwanted,
    drop: (reason, count = 1) => void (got.drops[reason] = (got.drops[reason] ?? 0) + count),
    note: (text) => void got.notes.push(text),
  });
  return got;
}

export function stream(open: (sink: Sink) => Reader, bytes: Uint8Array, size = 1 << 20): Got {
  return collect((sink) => {
    const reader = open(sink);
    for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
    reader.end();
  });
}

function unwanted(): never {
  throw new Error("no such record is expected here");
}

export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 7;
  };
}

/** Flips, cuts, doubles and hostile lengths. */
export function mutate(seed: Uint8Array, random: () => number): Uint8Array {
  let bytes = Uint8Array.from(seed);
  for (let i = 1 + (random() % 4); i > 0; i--) {
    const at = random() % bytes.length;
    const way = random() % 6;
    if (way === 0) bytes[at] = random() & 255;
    else if (way === 1) bytes[at] = (bytes[at] as number) ^ (1 << (random() & 7));
    else if (way === 2) bytes = bytes.slice(0, Math.max(1, at));
    else if (way === 3) bytes.set([0xff, 0xff, 0xff, 0xff, 0x0f].slice(0, bytes.length - at), at);
    else if (way === 4)
      bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(Math.max(0, at - (random() % 40)))]);
    else bytes.copyWithin(at, random() % bytes.length, Math.min(bytes.length, at + (random() % 60)));
  }
  return bytes;
}

/** The same for JSON, with what only text can hold: deep nesting, quotes and brackets anywhere, huge numbers, bad UTF-8. */
export function mutateText(seed: Uint8Array, random: () => number): Uint8Array {
  if (random() % 2 === 0) return mutate(seed, random);
  const at = random() % seed.length;
  const hostile = HOSTILE[random() % HOSTILE.length]!;
  return Buffer.concat([seed.subarray(0, at), hostile, seed.subarray(at + (random() % 3 === 0 ? random() % 20 : 0))]);
}

const HOSTILE = [
  "[".repeat(3000),
  '{"a":'.repeat(2000),
  '{"arrayValue":{"values":['.repeat(300),
  '{"kvlistValue":{"values":[{"key":"k","value":'.repeat(200),
  `${"[".repeat(500)}${"]".repeat(500)}`,
  '"',
  "\\",
  '\\"',
  "}",
  "]",
  "\n",
  "1e999",
  "9".repeat(400),
  "\u0000",
  '"__proto__":{"x":1},',
  '"spans":null,',
  '"traceId":["',
  '{"resourceSpans":[{"scopeSpans":[{"spans":[{',
].map((text) => Buffer.from(text));
HOSTILE.push(Buffer.from([0xff, 0xc0, 0x80]));
