import { errorOfSpan } from "../dialects/spans/errors.ts";
import type { Span } from "../records/records.ts";
import type { TraceSpan, Traces } from "../records/trace.ts";

/** The skeletons of the newest traces. Bounded: past the limit the oldest traces are forgotten. */
export interface TraceShelf {
  add(span: Span): void;
  /** Takes out the traces of these ids. */
  take(ids: ReadonlySet<string>): Traces;
  readonly traces: Traces;
}

export function createTraces(most = 100_000): TraceShelf {
  const traces = new Map<string, TraceSpan[]>();
  const forgotten = new Set<string>();
  let kept = 0;
  return {
    add(span) {
      // what is left of a trace would look as if it had lost spans
      if (forgotten.has(span.traceId)) return;
      const known = traces.get(span.traceId);
      if (known === undefined) traces.set(span.traceId, [skeleton(span)]);
      else known.push(skeleton(span));
      for (kept++; kept > most;) {
        const [oldest, spans] = traces.entries().next().value!;
        traces.delete(oldest);
        if (forgotten.size >= most) forgotten.clear();
        forgotten.add(oldest);
        kept -= spans.length;
      }
    },
    take(ids) {
      const taken = new Map<string, TraceSpan[]>();
      for (const id of ids) {
        const spans = traces.get(id);
        if (spans === undefined) continue;
        taken.set(id, spans);
        traces.delete(id);
        kept -= spans.length;
      }
      return taken;
    },
    traces,
  };
}

function skeleton(span: Span): TraceSpan {
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

/** The spans of one scope share what is said of it. */
function aroundOf({ scope, resource }: Span): Pick<TraceSpan, "tracer" | "host"> {
  let known = around.get(scope);
  if (known === undefined) {
    const tracer = scope.version === null || scope.name === "" ? scope.name : `${scope.name} ${scope.version}`;
    around.set(scope, (known = { tracer, host: hostOf(resource) }));
  }
  return known;
}

const around = new WeakMap<Span["scope"], Pick<TraceSpan, "tracer" | "host">>();

/** Whose clock it was. */
function hostOf(resource: Span["resource"]): string | null {
  for (const key of ["host.name", "host.id", "k8s.pod.name", "container.id", "service.instance.id"]) {
    const value = resource[key];
    if (typeof value === "string" && value !== "") return value;
  }
  return null;
}
