import type { Span } from "../records/records.ts";
import { isTrait, NAMES } from "./trait-keys.ts";

/** What spans say about their trace, kept small: short plain values of attributes, and numbers. Bounded on endless input. */
export interface Traits {
  add(span: Span): void;
  /** All that the spans of the trace have. */
  ofTrace(traceId: string): Kept | null;
  /** What one span has, and its resource. */
  ofSpan(spanId: string): Kept | null;
}

/** Numbers of a trace are its least: those of the first request where they grow with the run. */
export interface Kept {
  pairs: Iterable<Pair>;
  numbers: Iterable<readonly [key: string, value: number]>;
}

/** One attribute with one value; equal ones are one object, so that many spans cost little. */
export interface Pair {
  readonly key: string;
  readonly value: string;
}

/** What a run or call is known to have. */
export interface Values {
  texts: Map<string, Set<string>>;
  numbers: Map<string, number>;
}

const MOST_SPANS = 200_000;
const MOST_PAIRS = 200_000;
const MOST_KEYS = 300;
const MOST_VALUES = 24;
const LONGEST = 120;

export function createTraits(): Traits {
  const traces = new Map<string, { pairs: Set<Pair>; numbers: Map<string, number> }>();
  const spans = new Map<string, Kept>();
  const known = new Map<string, Pair>();

  function pairOf(key: string, value: string): Pair[] {
    const name = `${key}\u0000${value}`;
    let pair = known.get(name);
    if (pair === undefined) {
      if (known.size >= MOST_PAIRS) return [];
      known.set(name, (pair = { key, value }));
    }
    return [pair];
  }

  return {
    add(span) {
      const all = [...plainOf(span.resource), ...plainOf(span.attributes), ...instrumentationOf(span)];
      const pairs = all.flatMap(([key, value]) => {
        const text = String(value);
        return text !== "" && text.length <= LONGEST ? pairOf(key, text) : [];
      });
      const numbers = all.flatMap(([key, value]): [string, number][] =>
        typeof value === "number" || typeof value === "bigint" ? [[key, Number(value)]] : [],
      );
      if (spans.size < MOST_SPANS) spans.set(span.spanId, { pairs, numbers });
      const trace = traces.get(span.traceId) ?? { pairs: new Set<Pair>(), numbers: new Map<string, number>() };
      if (traces.size < MOST_SPANS) traces.set(span.traceId, trace);
      for (const pair of pairs) if (trace.pairs.size < MOST_KEYS * MOST_VALUES) trace.pairs.add(pair);
      for (const [key, number] of numbers) keepLeast(trace.numbers, key, number);
    },
    ofTrace: (traceId) => traces.get(traceId) ?? null,
    ofSpan: (spanId) => spans.get(spanId) ?? null,
  };
}

export function merge(into: Values, { pairs, numbers }: Kept): void {
  for (const { key, value } of pairs) put(into.texts, key, value);
  for (const [key, number] of numbers) keepLeast(into.numbers, key, number);
}

export function put(texts: Values["texts"], key: string, value: string): void {
  const known = texts.get(key);
  if (known !== undefined) {
    if (known.size < MOST_VALUES) known.add(value);
  } else if (texts.size < MOST_KEYS) texts.set(key, new Set([value]));
}

function keepLeast(numbers: Map<string, number>, key: string, number: number): void {
  const known = numbers.get(key);
  if (known === undefined ? numbers.size < MOST_KEYS : number < known) numbers.set(key, number);
}

type Plain = string | number | bigint | boolean;

/** Attributes that may explain, each of a list by itself. */
function plainOf(attributes: Record<string, unknown>): [key: string, value: Plain][] {
  return Object.entries(attributes)
    .slice(0, MOST_KEYS)
    .flatMap(([key, value]) => {
      if (key.length > LONGEST || !isTrait(key)) return [];
      const values: unknown[] = Array.isArray(value) ? value.slice(0, MOST_VALUES) : [value];
      return values.filter(isPlain).map((one): [string, Plain] => [key, one]);
    });
}

function isPlain(value: unknown): value is Plain {
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value === "string" || typeof value === "boolean" || typeof value === "bigint";
}

function instrumentationOf({ scope: { name, version } }: Span): [string, Plain][] {
  if (name === "") return [];
  const all = version === null ? [name] : [name, `${name} ${version}`];
  return all.map((one) => [NAMES.instrumentation, one]);
}
