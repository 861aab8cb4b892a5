import type { Span } from "../records/records.ts";
import { isTrait, NAMES } from "./trait-keys.ts";

/** What spans say about their trace, kept small: short plain values of attributes, and numbers. Bounded on endless input. */
export interface Traits {
  add(span: Span): void;
  /** All values in the trace by name. */
  ofTrace(traceId: string): Values | null;
  /** Those of one span, and of its resource. */
  ofSpan(spanId: string): Values | null;
}

export interface Values {
  texts: Map<string, Set<string>>;
  /** The least value of each number: that of the first request where it grows with the run. */
  numbers: Map<string, number>;
}

const MOST_SPANS = 200_000;
const MOST_KEYS = 300;
const MOST_VALUES = 24;
const LONGEST = 120;

export function createTraits(): Traits {
  const traces = new Map<string, Values>();
  const spans = new Map<string, Values>();
  return {
    add(span) {
      const own: Values = { texts: new Map(), numbers: new Map() };
      readAll(span.resource, own);
      readAll(span.attributes, own);
      if (span.scope.name !== "") {
        put(own.texts, NAMES.instrumentation, span.scope.name);
        if (span.scope.version !== null)
          put(own.texts, NAMES.instrumentation, `${span.scope.name} ${span.scope.version}`);
      }
      let trace = traces.get(span.traceId);
      if (trace === undefined && traces.size < MOST_SPANS)
        traces.set(span.traceId, (trace = { texts: new Map(), numbers: new Map() }));
      if (trace !== undefined) merge(trace, own);
      if (spans.size < MOST_SPANS) spans.set(span.spanId, own);
    },
    ofTrace: (traceId) => traces.get(traceId) ?? null,
    ofSpan: (spanId) => spans.get(spanId) ?? null,
  };
}

export function merge(into: Values, from: Values): void {
  for (const [key, values] of from.texts) for (const value of values) put(into.texts, key, value);
  for (const [key, number] of from.numbers) {
    const known = into.numbers.get(key);
    if (known === undefined ? into.numbers.size < MOST_KEYS : number < known) into.numbers.set(key, number);
  }
}

function readAll(attributes: Record<string, unknown>, into: Values): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.length > LONGEST || !isTrait(key)) continue;
    if (typeof value === "number" || typeof value === "bigint") {
      const number = Number(value);
      if (Number.isFinite(number) && into.numbers.size < MOST_KEYS) into.numbers.set(key, number);
    }
    for (const one of Array.isArray(value) ? value.slice(0, MOST_VALUES) : [value]) {
      if (typeof one === "object" || one === undefined) continue;
      const text = String(one as string | number | boolean);
      if (text !== "" && text.length <= LONGEST) put(into.texts, key, text);
    }
  }
}

export function put(texts: Values["texts"], key: string, value: string): void {
  const known = texts.get(key);
  if (known !== undefined) {
    if (known.size < MOST_VALUES) known.add(value);
  } else if (texts.size < MOST_KEYS) texts.set(key, new Set([value]));
}
