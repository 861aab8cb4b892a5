import { errorOfSpan } from "../dialects/spans/errors.ts";
import { codeOf, kindOf } from "../ingest/otlp/enums.ts";
import { END, KIND_AND_CODE, OWN, PARENT, START, TRACE, WORDS, type QuietSpans } from "../records/quiet-spans.ts";
import type { Span } from "../records/records.ts";
import type { TraceSpan } from "../records/trace.ts";

/** A span without its content. */
export function traceSpan(span: Span): TraceSpan {
  const { traceId, spanId, parentSpanId, name, kind, startNs, endNs, status, dropped, source } = span;
  return {
    traceId,
    spanId,
    parentSpanId,
    name: name.length > 200 ? name.slice(0, 200) : name,
    kind,
    startNs,
    endNs,
    status: status.code,
    exception: span.events.length === 0 ? null : (errorOfSpan(span)?.exceptions.at(-1)?.type ?? null),
    ...aroundOf(span),
    dropped: dropped.attributes + dropped.events + dropped.links,
    source,
  };
}

/** The n-th of the quiet spans. */
export function quietSpan({ words, names, around }: QuietSpans, n: number): TraceSpan {
  const at = n * WORDS;
  const hex = (from: number, count: number): string =>
    Array.from({ length: count }, (_, word) => words[at + from + word]!.toString(16).padStart(8, "0")).join("");
  const pair = (from: number): bigint | null =>
    (BigInt(words[at + from]!) << 32n) | BigInt(words[at + from + 1]!) || null;
  return {
    traceId: hex(TRACE, 4),
    spanId: hex(OWN, 2),
    parentSpanId: pair(PARENT) === null ? null : hex(PARENT, 2),
    name: names[n]!,
    kind: kindOf(words[at + KIND_AND_CODE]! & 0xff),
    startNs: pair(START),
    endNs: pair(END),
    status: codeOf(words[at + KIND_AND_CODE]! >> 8),
    exception: null,
    ...aroundOf(around[n]!),
    dropped: 0,
    source: around[n]!.source,
  };
}

/** The spans of one scope share what is said of it. */
function aroundOf({ scope, resource }: Pick<Span, "scope" | "resource">): Pick<TraceSpan, "tracer" | "host"> {
  let known = AROUND.get(scope);
  if (known === undefined) {
    const tracer = scope.version === null || scope.name === "" ? scope.name : `${scope.name} ${scope.version}`;
    AROUND.set(scope, (known = { tracer, host: hostOf(resource) }));
  }
  return known;
}

const AROUND = new WeakMap<Span["scope"], Pick<TraceSpan, "tracer" | "host">>();

/** Whose clock it was. */
function hostOf(resource: Span["resource"]): string | null {
  for (const key of ["host.name", "host.id", "k8s.pod.name", "container.id", "service.instance.id"]) {
    const value = resource[key];
    if (typeof value === "string" && value !== "") return value;
  }
  return null;
}
