import type { Span } from "../../records/records.ts";
import { object, objects, text, type Json } from "../json/access.ts";
import { codeOf } from "../otlp/enums.ts";
import { nanosOf } from "../otlp/times.ts";
import { exportedSpan, spanHandler } from "./span.ts";

/** Monocle's traces as Okahu gives them out: `{trace_id, spans: [{span_name, ...}]}`, with `entity` as a list. (Its files are Python console spans.) */
export const monocle = spanHandler(["spans.*"], function* (value, source, line) {
  const trace = object(value);
  for (const span of objects(trace["spans"])) yield spanOf(span, trace, source, line);
});

function spanOf(span: Json, trace: Json, source: string, line: number): Span | null {
  const status = object(span["status"]);
  const { entity, ...attributes } = object(span["attributes"]);
  const entities = objects(entity).flatMap((each, i) =>
    Object.entries(each).map(([key, value]) => [`entity.${i + 1}.${key}`, value] as const),
  );
  return exportedSpan(
    source,
    line,
    { traceId: span["trace_id"] ?? trace["trace_id"], spanId: span["span_id"], parentSpanId: span["parent_id"] },
    {
      name: text(span["span_name"]) ?? "",
      kind: "internal",
      startNs: nanosOf(span["start_time"]),
      endNs: nanosOf(span["end_time"]),
      status: { code: codeOf(status["code"]), message: text(status["message"]) },
      attributes: { ...attributes, ...Object.fromEntries(entities) },
      events: objects(span["events"]).map((event) => ({
        timeNs: nanosOf(event["timestamp"]),
        name: text(event["name"]) ?? "",
        attributes: { ...object(event["attributes"]) },
      })),
      scope: { name: "monocle_apptrace", version: text(attributes["monocle_apptrace.version"]), attributes: {} },
    },
  );
}
