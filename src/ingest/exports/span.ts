import type { Sink } from "../../records/format.ts";
import type { Span } from "../../records/records.ts";
import type { JsonHandler } from "../json/reader.ts";
import { idOf } from "../otlp/ids.ts";

/** A span of an export: what the product does not say has its default. Null when there are no ids. */
export function exportedSpan(
  source: string,
  line: number | null,
  ids: { traceId: unknown; spanId: unknown; parentSpanId?: unknown },
  known: Partial<Span>,
): Span | null {
  const [traceId, spanId] = [idOf(ids.traceId), idOf(ids.spanId)];
  if (traceId === null || spanId === null) return null;
  return {
    traceId,
    spanId,
    parentSpanId: idOf(ids.parentSpanId),
    name: "",
    kind: "unspecified",
    startNs: null,
    endNs: null,
    status: { code: "unset", message: null },
    attributes: {},
    events: [],
    links: [],
    dropped: { attributes: 0, events: 0, links: 0 },
    scope: { name: "", version: null, attributes: {} },
    resource: {},
    source,
    line,
    ...known,
  };
}

/** Gives spans to the sink and counts them; those without ids are dropped. */
export function giveSpans(spans: Iterable<Span | null>, sink: Sink): number {
  let count = 0;
  for (const span of spans) {
    if (span === null) {
      sink.drop("span without id");
      continue;
    }
    sink.span(span);
    count++;
  }
  return count;
}

/** A handler that makes spans of each document. */
export function spanHandler(
  cut: readonly string[],
  spansIn: (value: unknown, source: string, line: number) => Iterable<Span | null>,
): (source: string, sink: Sink) => JsonHandler {
  return (source, sink) => ({ cut, document: (value, { line }) => giveSpans(spansIn(value, source, line), sink) });
}

/** Nested attributes with dotted keys, as spans have them; lists of plain values stay, lists of objects get numbers. */
export function flattened(value: unknown): Record<string, unknown> {
  const flat: Record<string, unknown> = {};
  add(value, "", flat, 0);
  return flat;
}

const MAX_DEPTH = 12;
const MAX_KEYS = 20_000;

function add(value: unknown, path: string, into: Record<string, unknown>, depth: number): void {
  const isList = Array.isArray(value) && value.some((item) => typeof item === "object" && item !== null);
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if ((!isList && !isObject) || depth > MAX_DEPTH) {
    if (path !== "" && path !== "__proto__") into[path] = value;
    return;
  }
  let left = MAX_KEYS;
  for (const [key, inner] of Object.entries(value as object)) {
    if (--left < 0 || key === "__proto__") continue;
    add(inner, path === "" ? key : `${path}.${key}`, into, depth + 1);
  }
}
