import type { Span } from "../../records/records.ts";
import { object, objects, text, type Json } from "../json/access.ts";
import { codeOf, kindOf } from "../otlp/enums.ts";
import { nanosOf } from "../otlp/times.ts";
import { exportedSpan, flattened, spanHandler } from "./span.ts";

/** Rows of the Collector's ClickHouse table `otel_traces` (`FORMAT JSONEachRow`, or `JSON` with `data`). All attribute values are texts. */
export const clickhouse = spanHandler(["data.*", "*"], function* (value, source, line) {
  const outer = object(value);
  const list = Array.isArray(value) ? value : Array.isArray(outer["data"]) ? outer["data"] : [value];
  for (const row of objects(list)) yield spanOf(row, source, line);
});

function spanOf(row: Json, source: string, line: number): Span | null {
  const attributes = flattened(row["SpanAttributes"] ?? {});
  const start = nanosOf(row["Timestamp"]);
  const duration = /^\d{1,19}$/.test(String(row["Duration"])) ? BigInt(String(row["Duration"])) : 0n;
  const [times, names, fields] = ["Timestamp", "Name", "Attributes"].map((name) => row[`Events.${name}`]) as [
    unknown,
    unknown,
    unknown,
  ];
  return exportedSpan(
    source,
    line,
    { traceId: row["TraceId"], spanId: row["SpanId"], parentSpanId: row["ParentSpanId"] },
    {
      name: text(row["SpanName"]) ?? "",
      kind: kindOf(row["SpanKind"]),
      startNs: start,
      endNs: start === null ? null : start + duration,
      status: { code: codeOf(row["StatusCode"]), message: text(row["StatusMessage"]) || null },
      attributes,
      events: Array.isArray(names)
        ? names.map((name, i) => ({
            timeNs: nanosOf((times as unknown[] | undefined)?.[i]),
            name: String(name),
            attributes: flattened((fields as unknown[] | undefined)?.[i] ?? {}),
          }))
        : [],
      scope: {
        name: text(row["ScopeName"] ?? attributes["otel.scope.name"]) ?? "",
        version: text(row["ScopeVersion"] ?? attributes["otel.scope.version"]),
        attributes: {},
      },
      resource: {
        ...flattened(row["ResourceAttributes"] ?? {}),
        ...(typeof row["ServiceName"] === "string" ? { "service.name": row["ServiceName"] } : {}),
      },
    },
  );
}
