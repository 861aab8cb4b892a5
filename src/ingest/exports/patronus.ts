import type { Span } from "../../records/records.ts";
import { object, objects, text, type Json } from "../json/access.ts";
import { codeOf, kindOf } from "../otlp/enums.ts";
import { nanosOf } from "../otlp/times.ts";
import { exportedSpan, flattened, spanHandler } from "./span.ts";

/** Patronus' traces, as in its TRAIL benchmark: `{trace_id, spans}`, each span with `span_attributes` and its `child_spans` in it. */
export const patronus = spanHandler(["*"], function* (value, source, line) {
  const trace = object(value);
  for (const span of tree(trace["spans"] ?? [value], 0)) yield spanOf(span, trace["trace_id"], source, line);
});

function* tree(spans: unknown, depth: number): Iterable<Json> {
  if (depth > MAX_DEPTH) return;
  for (const span of objects(spans)) {
    yield span;
    yield* tree(span["child_spans"], depth + 1);
  }
}

const MAX_DEPTH = 64;

function spanOf(row: Json, traceId: unknown, source: string, line: number): Span | null {
  const start = nanosOf(row["timestamp"]);
  const length = durationOf(text(row["duration"]));
  return exportedSpan(
    source,
    line,
    { traceId: row["trace_id"] ?? traceId, spanId: row["span_id"], parentSpanId: row["parent_span_id"] },
    {
      name: text(row["span_name"]) ?? "",
      kind: kindOf(row["span_kind"]),
      startNs: start,
      endNs: start === null || length === null ? null : start + length,
      status: { code: codeOf(row["status_code"]), message: text(row["status_message"]) || null },
      attributes: flattened(row["span_attributes"] ?? {}),
      events: objects(row["events"]).map((event) => ({
        timeNs: nanosOf(event["Timestamp"] ?? event["timestamp"]),
        name: text(event["Name"] ?? event["name"]) ?? "",
        attributes: flattened(event["Attributes"] ?? event["attributes"] ?? {}),
      })),
      scope: { name: text(row["scope_name"]) ?? "", version: text(row["scope_version"]) || null, attributes: {} },
      resource: flattened(row["resource_attributes"] ?? {}),
    },
  );
}

/** ISO 8601, as in `PT1M13.5S`, in nanoseconds. */
function durationOf(iso: string | null): bigint | null {
  const found = /^PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})(?:\.(\d{1,9}))?S)?$/.exec(iso ?? "");
  if (found === null) return null;
  const [hours, minutes, seconds, rest] = [1, 2, 3, 4].map((n) => found[n] ?? "0") as [string, string, string, string];
  return (
    (BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds)) * 1_000_000_000n + BigInt(rest.padEnd(9, "0"))
  );
}
