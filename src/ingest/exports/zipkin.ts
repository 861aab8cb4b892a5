import type { Span, SpanEvent } from "../../records/records.ts";
import { object, objects, text, type Json } from "../json/access.ts";
import { parseJsonText } from "../json/parse.ts";
import { codeOf, kindOf } from "../otlp/enums.ts";
import { scaled } from "../otlp/times.ts";
import { exportedSpan, spanHandler } from "./span.ts";

/** Zipkin v2 JSON: an array of spans, or an array of traces. Times are microseconds, tags are texts; a tag `error`, even an empty one, is a failure. */
export const zipkin = spanHandler(["*"], function* (value, source, line) {
  const list = Array.isArray(value) ? (value as unknown[]).flat(1) : [value];
  for (const span of objects(list)) yield spanOf(span, source, line);
});

function spanOf(span: Json, source: string, line: number): Span | null {
  const tags: Record<string, unknown> = { ...object(span["tags"]) };
  const failed = "error" in tags;
  const start = scaled(Number(span["timestamp"]), 1000);
  const service = text(object(span["localEndpoint"])["serviceName"]);
  const scope = {
    name: text(tags["otel.scope.name"] ?? tags["otel.library.name"]) ?? "",
    version: text(tags["otel.scope.version"] ?? tags["otel.library.version"]),
    attributes: {},
  };
  const message = text(tags["error"]) || text(tags["otel.status_description"]);
  const code = failed ? "error" : codeOf(tags["otel.status_code"]);
  for (const key of OWN) delete tags[key];
  return exportedSpan(
    source,
    line,
    { traceId: padded(span["traceId"]), spanId: span["id"], parentSpanId: span["parentId"] },
    {
      name: text(span["name"]) ?? "",
      kind: span["kind"] === undefined ? "internal" : kindOf(span["kind"]),
      startNs: start,
      endNs: start === null ? null : start + (scaled(Number(span["duration"]), 1000) ?? 0n),
      status: { code, message: message === "true" ? null : message },
      attributes: tags,
      events: objects(span["annotations"]).map(eventOf),
      scope,
      resource: service === null ? {} : { "service.name": service },
    },
  );
}

const OWN = [
  "error",
  "otel.status_code",
  "otel.status_description",
  "otel.scope.name",
  "otel.scope.version",
  "otel.library.name",
  "otel.library.version",
  "__proto__",
];

/** An event of OpenTelemetry is an annotation `"name": {attributes as JSON}`. */
function eventOf(annotation: Json): SpanEvent {
  const value = text(annotation["value"]) ?? "";
  const match = /^"([^"]{1,200})": ?(\{.*\})$/s.exec(value);
  const attributes = match === null ? undefined : parseJsonText(match[2] as string);
  return {
    timeNs: scaled(Number(annotation["timestamp"]), 1000),
    name: match?.[1] ?? value,
    attributes: { ...object(attributes) },
  };
}

function padded(id: unknown): unknown {
  return typeof id === "string" && id.length < 32 ? id.padStart(32, "0") : id;
}
