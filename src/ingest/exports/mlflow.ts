import type { Span } from "../../records/records.ts";
import { firstText, object, objects, text, type Json } from "../json/access.ts";
import { codeOf } from "../otlp/enums.ts";
import { anyNanos } from "../otlp/times.ts";
import { exportedSpan, spanHandler } from "./span.ts";

/** MLflow: `{info, data: {spans}}` or spans; versions 2 (`context`, integers), 3 (ids in base64) and 4 (ids in hex, trace `tr-<hex>`). Attribute values are JSON texts. */
export const mlflow = spanHandler(["*", "data.spans.*", "traces.*"], function* (value, source, line) {
  const outer = object(value);
  const list = Array.isArray(value) ? value : (outer["traces"] ?? [value]);
  for (const trace of objects(list)) {
    const info = object(trace["info"]);
    const session = firstText(
      object(info["trace_metadata"])["mlflow.trace.session"],
      object(info["request_metadata"])["mlflow.trace.session"],
    );
    const spans = object(trace["data"])["spans"] ?? trace["spans"];
    for (const span of Array.isArray(spans) ? objects(spans) : [trace]) yield spanOf(span, info, session, source, line);
  }
});

function spanOf(span: Json, info: Json, session: string | null, source: string, line: number): Span | null {
  const context = object(span["context"]);
  const status = object(span["status"]);
  const traceId = firstText(span["trace_id"], context["trace_id"], info["trace_id"], info["request_id"]);
  return exportedSpan(
    source,
    line,
    {
      traceId: traceId?.replace(/^tr-/, ""),
      spanId: span["span_id"] ?? context["span_id"],
      parentSpanId: span["parent_span_id"] ?? span["parent_id"],
    },
    {
      name: text(span["name"]) ?? "",
      kind: "internal",
      startNs: anyNanos(span["start_time_unix_nano"] ?? span["start_time_ns"] ?? span["start_time"]),
      endNs: anyNanos(span["end_time_unix_nano"] ?? span["end_time_ns"] ?? span["end_time"]),
      status: {
        code: codeOf(status["code"] ?? status["status_code"] ?? span["status_code"]),
        message: firstText(status["message"], status["description"], span["status_message"]),
      },
      attributes: { ...object(span["attributes"]), ...(session === null ? {} : { "mlflow.trace.session": session }) },
      events: objects(span["events"]).map((event) => ({
        timeNs: anyNanos(event["time_unix_nano"] ?? event["timestamp"]),
        name: text(event["name"]) ?? "",
        attributes: { ...object(event["attributes"]) },
      })),
      scope: { name: "mlflow", version: null, attributes: {} },
    },
  );
}
