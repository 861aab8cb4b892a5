import type { Span } from "../../records/records.ts";
import { object, objects, text, type Json } from "../json/access.ts";
import { codeOf, kindOf } from "../otlp/enums.ts";
import { scaled } from "../otlp/times.ts";
import { intOf } from "../otlp/values.ts";
import { exportedSpan, spanHandler } from "./span.ts";

/**
 * Jaeger's UI JSON (`/api/traces`, the UI's download): `{data: [{traceID, spans, processes}]}`, a trace, an array of
 * traces, or spans alone. Times are microseconds; scope, status and kind are tags (formats.md section 4.5).
 */
export const jaeger = spanHandler(["data.*", "*"], function* (value, source, line) {
  const outer = object(value);
  const traces = Array.isArray(value)
    ? objects(value)
    : Array.isArray(outer["data"])
      ? objects(outer["data"])
      : [outer];
  for (const trace of traces) {
    const processes = object(trace["processes"]);
    for (const span of Array.isArray(trace["spans"]) ? objects(trace["spans"]) : [trace])
      yield spanOf(span, processes, source, line);
  }
});

function spanOf(span: Json, processes: Json, source: string, line: number): Span | null {
  const references = objects(span["references"]);
  const parent = references.find(
    (reference) => reference["refType"] === "CHILD_OF" && reference["traceID"] === span["traceID"],
  );
  const tags = tagsOf(span["tags"]);
  const process = object(processes[String(span["processID"])] ?? span["process"]);
  const start = scaled(Number(span["startTime"]), 1000);
  const duration = scaled(Number(span["duration"]), 1000);
  return exportedSpan(
    source,
    line,
    {
      traceId: padded(span["traceID"], 32),
      spanId: padded(span["spanID"], 16),
      parentSpanId: padded(parent?.["spanID"] ?? span["parentSpanID"], 16),
    },
    {
      name: text(span["operationName"]) ?? "",
      kind: kindOf(tags["span.kind"]),
      startNs: start,
      endNs: start === null ? null : start + (duration ?? 0n),
      status: {
        code: objects(span["tags"]).some(isErrorMark) ? "error" : codeOf(tags["otel.status_code"]),
        message: text(tags["otel.status_description"]),
      },
      attributes: withoutOwn(tags),
      events: objects(span["logs"]).map((log) => {
        const { event, ...attributes } = tagsOf(log["fields"]);
        return { timeNs: scaled(Number(log["timestamp"]), 1000), name: text(event) ?? "", attributes };
      }),
      links: references
        .filter((reference) => reference !== parent)
        .map((reference) => ({
          traceId: padded(reference["traceID"], 32) ?? "",
          spanId: padded(reference["spanID"], 16) ?? "",
          attributes: {},
        })),
      dropped: { attributes: count(tags, "attributes"), events: count(tags, "events"), links: count(tags, "links") },
      scope: {
        name: text(tags["otel.scope.name"] ?? tags["otel.library.name"]) ?? "",
        version: text(tags["otel.scope.version"] ?? tags["otel.library.version"]),
        attributes: {},
      },
      resource: {
        ...tagsOf(process["tags"]),
        ...(typeof process["serviceName"] === "string" ? { "service.name": process["serviceName"] } : {}),
      },
    },
  );
}

/** Jaeger's own `error: true`; an attribute of that name is a text (Logfire has one). */
function isErrorMark({ key, value }: Json): boolean {
  return key === "error" && (value === true || value === "true");
}

function isFlag(value: unknown): boolean {
  return typeof value === "boolean" || value === "true" || value === "false";
}

/** What the exporter made tags of is not among the attributes. */
const OWN = new Set([
  "span.kind",
  "otel.status_code",
  "otel.status_description",
  "otel.scope.name",
  "otel.scope.version",
  "otel.library.name",
  "otel.library.version",
  "internal.span.format",
  "otel.dropped_attributes_count",
  "otel.dropped_events_count",
  "otel.dropped_links_count",
]);

function withoutOwn(tags: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !OWN.has(key)));
}

function tagsOf(list: unknown): Record<string, unknown> {
  const tags: Record<string, unknown> = {};
  for (const tag of objects(list)) {
    const { key, type, value } = tag;
    if (typeof key !== "string" || key === "__proto__" || (key === "error" && isFlag(value))) continue;
    tags[key] =
      type === "int64"
        ? intOf(value)
        : type === "float64"
          ? Number(value)
          : type === "bool"
            ? value === true || value === "true"
            : value;
  }
  return tags;
}

function count(tags: Record<string, unknown>, what: string): number {
  const value = Number(tags[`otel.dropped_${what}_count`]);
  return Number.isSafeInteger(value) ? value : 0;
}

/** Jaeger leaves out leading zeros. */
function padded(id: unknown, length: number): string | null {
  return typeof id === "string" && id !== "" ? id.padStart(length, "0") : null;
}
