import type { Span } from "../../records/records.ts";
import { firstText, object, objects, text, textOf, type Json } from "../json/access.ts";
import { parseIfText } from "../json/parse.ts";
import { codeOf } from "../otlp/enums.ts";
import { nanosOf } from "../otlp/times.ts";
import { exportedSpan, spanHandler } from "./span.ts";

/** Rows of Logfire's table `records`: `{rows: [...]}`, `{columns: [{name, values}]}`, an array, or JSON lines. */
export const logfire = spanHandler(["rows.*", "*"], function* (value, source, line) {
  const outer = object(value);
  const list = Array.isArray(value)
    ? objects(value)
    : Array.isArray(outer["rows"])
      ? objects(outer["rows"])
      : Array.isArray(outer["columns"])
        ? rowsOf(objects(outer["columns"]))
        : [outer];
  for (const row of list) if (row["kind"] !== "pending_span") yield spanOf(row, source, line);
});

function rowsOf(columns: readonly Json[]): Json[] {
  const length = Math.max(0, ...columns.map(({ values }) => (Array.isArray(values) ? values.length : 0)));
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(columns.map(({ name, values }) => [String(name), (values as unknown[] | undefined)?.[row]])),
  );
}

function spanOf(row: Json, source: string, line: number): Span | null {
  const level = Number(row["level"]);
  const failed = row["otel_status_code"] === "ERROR" || (row["otel_status_code"] == null && level >= 17);
  const endNs = nanosOf(row["end_timestamp"]);
  const listed = parseIfText(row["otel_events"]);
  const events = (Array.isArray(listed) ? objects(listed) : []).map((event) => ({
    timeNs: nanosOf(event["event_timestamp"] ?? event["timestamp"]),
    name: text(event["event_name"] ?? event["name"]) ?? "",
    attributes: { ...object(event["attributes"]) },
  }));
  if (row["is_exception"] === true && !events.some(({ name }) => name === "exception")) {
    const exception = ["type", "message", "stacktrace"].map(
      (name) => [`exception.${name}`, row[`exception_${name}`]] as const,
    );
    events.push({
      timeNs: endNs,
      name: "exception",
      attributes: Object.fromEntries(exception.filter(([, value]) => value != null)),
    });
  }
  const attributes: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object(parseIfText(row["attributes"]))))
    if (key !== "__proto__") attributes[key] = typeof value === "object" && value !== null ? textOf(value) : value;
  return exportedSpan(
    source,
    line,
    { traceId: row["trace_id"], spanId: row["span_id"], parentSpanId: row["parent_span_id"] },
    {
      name: text(row["span_name"]) ?? "",
      kind: "internal",
      startNs: nanosOf(row["start_timestamp"]),
      endNs,
      status: {
        code: failed ? "error" : codeOf(row["otel_status_code"]),
        message: firstText(row["otel_status_message"]),
      },
      attributes,
      events,
      scope: {
        name: text(row["otel_scope_name"]) ?? "logfire",
        version: text(row["otel_scope_version"]),
        attributes: {},
      },
      resource: {
        ...object(parseIfText(row["otel_resource_attributes"])),
        ...(typeof row["service_name"] === "string" ? { "service.name": row["service_name"] } : {}),
      },
    },
  );
}
