import type { Span } from "../records/records.ts";
import type { JudgedCall } from "./judged.ts";

/** A span in the waterfall, parents before their children. Milliseconds from the start of the run. */
export interface SpanRow {
  depth: number;
  name: string;
  spanId: string;
  startMs: number | null;
  durationMs: number | null;
  status: "unset" | "ok" | "error";
  message: string | null;
  /** Key of the call that the span is the execution of. */
  call: string | null;
  /** The call failed, whatever the span's status says. */
  failed: boolean;
}

const DEEPEST = 60;

/** Spans as a tree, children by their start. What has lost its parent, or goes round in a ring, is a root. */
export function spanRows(spans: readonly Span[], calls: readonly JudgedCall[], start: bigint | null): SpanRow[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const children = Map.groupBy([...byId.values()].toSorted(byStart), ({ parentSpanId }) =>
    parentSpanId !== null && byId.has(parentSpanId) ? parentSpanId : null,
  );
  const ran = new Map<string, JudgedCall>();
  for (const call of calls)
    for (const { evidence } of call.call.executions) if (evidence.spanId !== null) ran.set(evidence.spanId, call);
  const rows: SpanRow[] = [];
  const seen = new Set<string>();
  const walk = (roots: readonly Span[]): void => {
    const open = roots.map((span) => ({ span, depth: 0 })).reverse();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { span, depth } = next;
      if (seen.has(span.spanId)) continue;
      seen.add(span.spanId);
      rows.push(rowOf(span, depth, ran.get(span.spanId), start));
      const inner = (children.get(span.spanId) ?? []).map((child) => ({
        span: child,
        depth: Math.min(depth + 1, DEEPEST),
      }));
      open.push(...inner.reverse());
    }
  };
  walk(children.get(null) ?? []);
  for (const span of byId.values()) if (!seen.has(span.spanId)) walk([span]);
  return rows;
}

function rowOf(span: Span, depth: number, ran: JudgedCall | undefined, start: bigint | null): SpanRow {
  const { name, spanId, startNs, endNs, status } = span;
  return {
    depth,
    name,
    spanId,
    startMs: startNs === null || start === null ? null : Number(startNs - start) / 1e6,
    durationMs: startNs === null || endNs === null ? null : Number(endNs - startNs) / 1e6,
    status: status.code,
    message: status.message ?? exceptionOf(span),
    call: ran?.call.key ?? null,
    failed: status.code === "error" || ran?.failed === true,
  };
}

function exceptionOf({ events }: Span): string | null {
  const message = events.find(({ name }) => name === "exception")?.attributes["exception.message"];
  return typeof message === "string" && message !== "" ? message : null;
}

function byStart(a: Span, b: Span): number {
  const [one, two] = [a.startNs ?? 0n, b.startNs ?? 0n];
  return one < two ? -1 : one > two ? 1 : 0;
}
