import { formats } from "../../ingest/formats.ts";
import type { Sink } from "../../records/format.ts";
import type { Span } from "../../records/records.ts";

/** OTLP JSON as Jaeger's UI JSON, in the way the Collector and Jaeger translate it: microseconds, lists as JSON texts, the rest as tags. */
export function toJaeger(otlp: Uint8Array): Uint8Array {
  const spans: Span[] = [];
  const none = (): void => {};
  const sink: Sink = {
    span: (span) => void spans.push(span),
    log: none,
    otelLog: none,
    exchange: none,
    drop: none,
    note: none,
  };
  const reader = formats.find(({ name }) => name === "otlp-json")!.open("x", sink);
  reader.push(otlp);
  reader.end();
  const byTrace = Map.groupBy(spans, ({ traceId }) => traceId);
  const data = [...byTrace].map(([traceID, members]) => ({
    traceID,
    spans: members.map(jaegerSpan),
    processes: Object.fromEntries(
      members.map((span, i) => [`p${i}`, { serviceName: "x", tags: tagsOf(span.resource) }]),
    ),
  }));
  return new TextEncoder().encode(JSON.stringify({ data, total: 0, limit: 0, offset: 0, errors: null }));
}

function jaegerSpan(span: Span, i: number): object {
  const { traceId, spanId, parentSpanId, status, scope } = span;
  const own: Record<string, unknown> = {
    "otel.scope.name": scope.name,
    "otel.scope.version": scope.version ?? "",
    "span.kind": span.kind,
  };
  if (status.code !== "unset") own["otel.status_code"] = status.code.toUpperCase();
  if (status.code === "error") own["error"] = true;
  if (status.message !== null) own["otel.status_description"] = status.message;
  return {
    traceID: traceId,
    spanID: spanId,
    operationName: span.name,
    references: parentSpanId === null ? [] : [{ refType: "CHILD_OF", traceID: traceId, spanID: parentSpanId }],
    startTime: Number((span.startNs ?? 0n) / 1000n),
    duration: Number(((span.endNs ?? 0n) - (span.startNs ?? 0n)) / 1000n),
    tags: [...tagsOf(span.attributes), ...tagsOf(own)],
    logs: span.events.map(({ timeNs, name, attributes }) => ({
      timestamp: Number((timeNs ?? 0n) / 1000n),
      fields: tagsOf({ event: name, ...attributes }),
    })),
    processID: `p${i}`,
    warnings: null,
  };
}

function tagsOf(attributes: Record<string, unknown>): object[] {
  return Object.entries(attributes).map(([key, value]) => {
    if (typeof value === "boolean") return { key, type: "bool", value };
    if (typeof value === "number") return { key, type: Number.isInteger(value) ? "int64" : "float64", value };
    return { key, type: "string", value: typeof value === "string" ? value : JSON.stringify(value) };
  });
}
