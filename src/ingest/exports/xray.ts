import type { Span } from "../../records/records.ts";
import { firstText, object, objects, text, type Json } from "../json/access.ts";
import { parseJsonText } from "../json/parse.ts";
import { anyNanos } from "../otlp/times.ts";
import { exportedSpan, flattened, spanHandler } from "./span.ts";

/**
 * AWS X-Ray: what `aws xray batch-get-traces` prints (`{Traces: [{Segments: [{Document: "{...}"}]}]}`), and segment documents
 * alone; subsegments are the spans below. The attributes of OpenTelemetry stand in `metadata.default`, its ids have no dashes.
 */
export const xray = spanHandler(["Traces.*", "*"], function* (value, source, line) {
  const traces = object(value)["Traces"];
  for (const item of Array.isArray(traces)
    ? objects(traces)
    : Array.isArray(value)
      ? objects(value)
      : [object(value)]) {
    const segments = item["Segments"];
    for (const segment of Array.isArray(segments) ? objects(segments) : [item])
      yield* spansOf(documentIn(segment), null, null, source, line, 0);
  }
});

/** The document of a segment, which is JSON as a text. */
export function documentIn(segment: Json): Json {
  return typeof segment["Document"] === "string" ? object(parseJsonText(segment["Document"])) : segment;
}

function* spansOf(
  segment: Json,
  traceId: unknown,
  parent: unknown,
  source: string,
  line: number,
  depth: number,
): Iterable<Span | null> {
  const trace = segment["trace_id"] ?? traceId;
  yield spanOf(segment, trace, segment["parent_id"] ?? parent, source, line);
  if (depth < MAX_DEPTH)
    for (const inner of objects(segment["subsegments"]))
      yield* spansOf(inner, trace, segment["id"], source, line, depth + 1);
}

const MAX_DEPTH = 64;

function spanOf(segment: Json, traceId: unknown, parent: unknown, source: string, line: number): Span | null {
  const endNs = anyNanos(segment["end_time"]);
  const exceptions = objects(object(segment["cause"])["exceptions"]);
  const failed = [segment["fault"], segment["error"], segment["throttle"]].includes(true);
  const metadata = object(segment["metadata"]);
  return exportedSpan(
    source,
    line,
    { traceId: text(traceId)?.replace(/^1-([0-9a-f]{8})-/, "$1"), spanId: segment["id"], parentSpanId: parent },
    {
      name: text(segment["name"]) ?? "",
      kind: "internal",
      startNs: anyNanos(segment["start_time"]),
      endNs,
      status: { code: failed ? "error" : "unset", message: failed ? firstText(exceptions[0]?.["message"]) : null },
      attributes: {
        ...flattened(object(metadata["default"])),
        ...flattened(metadata["default"] === undefined ? metadata : {}),
      },
      events: exceptions.map((exception) => ({
        timeNs: endNs,
        name: "exception",
        attributes: { "exception.type": exception["type"], "exception.message": exception["message"] },
      })),
      scope: { name: "xray", version: null, attributes: {} },
    },
  );
}
