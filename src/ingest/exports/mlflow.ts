import type { Span } from "../../records/records.ts";
import { firstText, object, objects, text, type Json } from "../json/access.ts";
import { parseIfText } from "../json/parse.ts";
import { codeOf } from "../otlp/enums.ts";
import { anyNanos } from "../otlp/times.ts";
import { frameRows } from "./frame.ts";
import { exportedSpan, spanHandler } from "./span.ts";

/**
 * MLflow: `{info, data: {spans}}` (`Trace.to_json`), `{spans}` (the artifact `traces.json`), spans, and the data frame of
 * `search_traces` as JSON of any orientation or CSV. Versions 2 (`context`, integers) and 3 (ids in base64 or hex, trace
 * `tr-<hex>`). Attribute values are JSON texts.
 */
export const mlflow = spanHandler(
  ["*", "data.spans.*", "spans.*", "traces.*", "data.*"],
  function* (value, source, line) {
    const traces = object(value)["traces"];
    for (const row of frameRows(Array.isArray(traces) ? traces : value)) {
      // a row has the whole trace as JSON, in version 2 its spans alone
      const whole = object(parseIfText(row["trace"]));
      const trace = "data" in whole ? whole : row;
      const info = { ...row, ...object(trace["info"]) };
      const session = firstText(
        object(info["trace_metadata"])["mlflow.trace.session"],
        object(info["request_metadata"])["mlflow.trace.session"],
      );
      const spans = object(trace["data"])["spans"] ?? trace["spans"];
      for (const span of withoutNumbers(Array.isArray(spans) ? objects(spans) : [trace]))
        yield spanOf(span, info, session, source, line);
    }
  },
);

/** Version 2 numbers spans of one name (`get_claim_1`, `get_claim_2`): a tool would have several. */
function withoutNumbers(spans: readonly Json[]): readonly Json[] {
  const names = new Set(spans.map(({ name }) => name));
  return spans.map((span) => {
    const [, base] = /^(.{1,200})_\d{1,4}$/.exec(text(span["name"]) ?? "") ?? [];
    const isNumbered = "context" in span && base !== undefined && names.has(`${base}_1`) && names.has(`${base}_2`);
    return isNumbered && !names.has(base) ? { ...span, name: base } : span;
  });
}

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
