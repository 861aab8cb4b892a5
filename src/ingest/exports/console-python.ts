import type { Span } from "../../records/records.ts";
import { object, objects, text, type Json } from "../json/access.ts";
import { codeOf, kindOf } from "../otlp/enums.ts";
import { nanosOf } from "../otlp/times.ts";
import { exportedSpan, spanHandler } from "./span.ts";

/** What Python's ConsoleSpanExporter prints, and what Monocle writes to files: `{name, context, kind, parent_id, start_time, ...}`, one behind the other or in an array. */
export const consolePython = spanHandler(["*"], function* (value, source, line) {
  for (const span of Array.isArray(value) ? objects(value) : [object(value)]) yield pythonSpan(span, source, line);
});

/** One span of it; null when it is none. Also for spans that a program prints between its other output. */
export function pythonSpan(span: Json, source: string, line: number | null): Span | null {
  const context = object(span["context"]);
  const status = object(span["status"]);
  return exportedSpan(
    source,
    line,
    { traceId: context["trace_id"], spanId: context["span_id"], parentSpanId: span["parent_id"] },
    {
      name: text(span["name"]) ?? "",
      kind: kindOf(span["kind"]),
      startNs: nanosOf(span["start_time"]),
      endNs: nanosOf(span["end_time"]),
      status: { code: codeOf(status["status_code"]), message: text(status["description"]) },
      attributes: { ...object(span["attributes"]) },
      events: objects(span["events"]).map((event) => ({
        timeNs: nanosOf(event["timestamp"]),
        name: text(event["name"]) ?? "",
        attributes: { ...object(event["attributes"]) },
      })),
      links: objects(span["links"]).map((link) => ({
        traceId: String(object(link["context"])["trace_id"] ?? ""),
        spanId: String(object(link["context"])["span_id"] ?? ""),
        attributes: { ...object(link["attributes"]) },
      })),
      scope: {
        name: text(object(span["instrumentation_scope"])["name"]) ?? "",
        version: text(object(span["instrumentation_scope"])["version"]),
        attributes: {},
      },
      resource: { ...object(object(span["resource"])["attributes"]) },
    },
  );
}
