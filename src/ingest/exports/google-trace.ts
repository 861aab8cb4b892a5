import type { Span } from "../../records/records.ts";
import { firstText, object, objects, text, type Json } from "../json/access.ts";
import { nanosOf } from "../otlp/times.ts";
import { exportedSpan, spanHandler } from "./span.ts";

/**
 * Google Cloud Trace: traces of its API version 1 (`{traceId, spans: [{spanId, name, labels}]}`, `{traces: [...]}`; ids of spans
 * are decimal) and spans of version 2 (`{name: "projects/P/traces/T/spans/S", displayName: {value}, attributes:
 * {attributeMap}}`, `{spans: [...]}`).
 */
export const googleTrace = spanHandler(["traces.*", "spans.*", "*"], function* (value, source, line) {
  const outer = object(value);
  const list = Array.isArray(value)
    ? objects(value)
    : Array.isArray(outer["traces"])
      ? objects(outer["traces"])
      : [outer];
  for (const trace of list)
    for (const span of Array.isArray(trace["spans"]) ? objects(trace["spans"]) : [trace])
      yield "displayName" in span ? second(span, source, line) : first(span, trace["traceId"], source, line);
});

function first(span: Json, traceId: unknown, source: string, line: number): Span | null {
  const labels = { ...object(span["labels"]) };
  const failed = labels["/error/message"] ?? labels["g.co/status/message"];
  return exportedSpan(
    source,
    line,
    { traceId, spanId: span["spanId"], parentSpanId: span["parentSpanId"] === "0" ? null : span["parentSpanId"] },
    {
      name: text(span["name"]) ?? "",
      kind: "internal",
      startNs: nanosOf(span["startTime"]),
      endNs: nanosOf(span["endTime"]),
      status: { code: failed === undefined ? "unset" : "error", message: text(failed) },
      attributes: labels,
    },
  );
}

function second(span: Json, source: string, line: number): Span | null {
  const [, traceId] = /\/traces\/([0-9a-f]{1,64})\/spans\//.exec(text(span["name"]) ?? "") ?? [];
  const status = object(span["status"]);
  const failed = Number(status["code"]) > 0;
  return exportedSpan(
    source,
    line,
    { traceId, spanId: span["spanId"], parentSpanId: span["parentSpanId"] },
    {
      name: text(object(span["displayName"])["value"]) ?? "",
      kind: "internal",
      startNs: nanosOf(span["startTime"]),
      endNs: nanosOf(span["endTime"]),
      status: { code: failed ? "error" : "unset", message: failed ? firstText(status["message"]) : null },
      attributes: mapOf(span["attributes"]),
      events: objects(object(span["timeEvents"])["timeEvent"]).map((event) => {
        const annotation = object(event["annotation"]);
        return {
          timeNs: nanosOf(event["time"]),
          name: text(object(annotation["description"])["value"]) ?? "",
          attributes: mapOf(annotation["attributes"]),
        };
      }),
    },
  );
}

function mapOf(attributes: unknown): Record<string, unknown> {
  const map = object(object(attributes)["attributeMap"]);
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => {
      const { stringValue, intValue, boolValue } = object(value);
      return [key, object(stringValue)["value"] ?? (intValue === undefined ? boolValue : Number(intValue))];
    }),
  );
}
