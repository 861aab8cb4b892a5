import type { Sink } from "../../records/format.ts";
import type { Span, SpanEvent } from "../../records/records.ts";
import { object, objects, text, type Json } from "../json/access.ts";
import type { JsonHandler, Place } from "../json/reader.ts";
import { codeOf, kindOf } from "./enums.ts";
import { createParser } from "./json-parts.ts";
import { idOf } from "./ids.ts";
import { logOf } from "./json-log.ts";
import { giveLog } from "./log-record.ts";
import { scanRequest } from "./scan-json.ts";
import { nanosOf } from "./times.ts";
import { attributesOf } from "./values.ts";

/**
 * OTLP JSON: ExportTraceServiceRequest and ExportLogsServiceRequest, one or an array of them, lowerCamelCase or
 * snake_case, with the names of old versions (`instrumentationLibrarySpans`), and the shapes Tempo and Grafana wrap
 * around them (`batches`, `trace.resourceSpans`, `result.resourceSpans`); also what is inside of a request alone: resources,
 * scopes or spans. Metrics are counted and left out.
 */
export function otlpJson(source: string, sink: Sink): JsonHandler {
  return {
    cut: CUT,
    document: (value, place) => readRequests(value, source, place, sink),
    bytes: (bytes, place) => readBytes(bytes, source, place, sink),
  };
}

/** Where quiet spans are not wanted whole: parses the others alone. Null when the request must be parsed whole. */
export function readBytes(bytes: Uint8Array, source: string, place: Place | null, sink: Sink): number | null {
  const { quiet } = sink;
  const found = quiet === undefined ? null : scanRequest(bytes, quiet.filter, source);
  if (quiet === undefined || found === null) return null;
  const parse = createParser(bytes);
  const groups = found.groups.map(({ resource, scope, spans, around }) => ({
    around: Object.assign(around, {
      resource: attributesOf(parse.around(resource)["attributes"]),
      scope: scopeOf(parse.around(scope)),
    }),
    spans: spans.map((span) => parse.span(span)),
  }));
  // nothing is given of a document that is broken
  if (parse.isBroken()) return null;
  const at: At = { source, line: place?.line ?? null, byteOffset: place?.byteOffset ?? 0, sink, count: 0 };
  for (const { around, spans } of groups) for (const span of spans) readSpan(span, around.scope, around.resource, at);
  if (found.quiet.count > 0) quiet.spans(found.quiet);
  return at.count + found.quiet.count;
}

/** Gives the number of spans and logs. */
export function readRequests(value: unknown, source: string, place: Place | null, sink: Sink): number {
  const at: At = { source, line: place?.line ?? null, byteOffset: place?.byteOffset ?? 0, sink, count: 0 };
  for (const request of Array.isArray(value) ? value : [value]) readRequest(request, at, 0);
  return at.count;
}

const CUT = ["resourceSpans", "resource_spans", "batches", "trace.resourceSpans", "result.resourceSpans"]
  .flatMap((outer) => [
    `${outer}.*.scopeSpans.*.spans.*`,
    `${outer}.*.scope_spans.*.spans.*`,
    `${outer}.*.instrumentationLibrarySpans.*.spans.*`,
  ])
  .flatMap((path) => [path, `*.${path}`])
  .concat(["resourceLogs.*.scopeLogs.*.logRecords.*", "resource_logs.*.scope_logs.*.log_records.*"])
  .concat(["resourceMetrics.*.scopeMetrics.*.metrics.*"]);

interface At {
  source: string;
  line: number | null;
  byteOffset: number;
  sink: Sink;
  count: number;
}

function readRequest(value: unknown, at: At, depth: number): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return at.sink.drop("not an OTLP request");
  const request = value as Json;
  const spans = request["resourceSpans"] ?? request["resource_spans"] ?? request["batches"];
  const logs = request["resourceLogs"] ?? request["resource_logs"];
  const metrics = request["resourceMetrics"] ?? request["resource_metrics"];
  for (const resource of objects(spans)) readResource(resource, SPANS, at, readSpan);
  for (const resource of objects(logs)) readResource(resource, LOGS, at, readLog);
  const left = objects(metrics).flatMap((resource) =>
    objects(resource["scopeMetrics"] ?? resource["scope_metrics"]).flatMap((group) => objects(group["metrics"])),
  );
  if (left.length > 0) at.sink.drop("metrics", left.length);
  if (spans !== undefined || logs !== undefined || metrics !== undefined) return;
  if (SPANS.groups.some((name) => name in request)) return readResource(request, SPANS, at, readSpan);
  if (Array.isArray(request["spans"])) return readResource({ scopeSpans: [request] }, SPANS, at, readSpan);
  if ("spanId" in request || "span_id" in request)
    return readResource({ scopeSpans: [{ spans: [request] }] }, SPANS, at, readSpan);
  const inner = request["trace"] ?? request["result"] ?? request["data"] ?? request["traces"];
  if (inner === undefined || depth > 2) return at.sink.drop("not an OTLP request");
  if (request["status"] === "PARTIAL")
    at.sink.note(`${at.source}: the trace is partial: ${String(request["message"] ?? "")}`);
  for (const each of Array.isArray(inner) ? inner : [inner]) readRequest(each, at, depth + 1);
}

const SPANS = {
  groups: ["scopeSpans", "scope_spans", "instrumentationLibrarySpans", "instrumentation_library_spans"],
  items: ["spans"],
};
const LOGS = {
  groups: ["scopeLogs", "scope_logs", "instrumentationLibraryLogs", "instrumentation_library_logs"],
  items: ["logRecords", "log_records", "logs"],
};

type ReadOne = (item: Json, scope: Span["scope"], resource: Record<string, unknown>, at: At) => void;

function readResource(value: Json, names: typeof SPANS, at: At, read: ReadOne): void {
  const resource = attributesOf(object(value["resource"])["attributes"]);
  for (const name of names.groups) {
    for (const group of objects(value[name])) {
      const scope = object(group["scope"] ?? group["instrumentationLibrary"] ?? group["instrumentation_library"]);
      const known = scopeOf(scope);
      for (const list of names.items) for (const item of objects(group[list])) read(item, known, resource, at);
    }
  }
}

function scopeOf(scope: Json): Span["scope"] {
  return {
    name: text(scope["name"]) ?? "",
    version: text(scope["version"]),
    attributes: attributesOf(scope["attributes"]),
  };
}

function readSpan(span: Json, scope: Span["scope"], resource: Record<string, unknown>, at: At): void {
  const traceId = idOf(span["traceId"] ?? span["trace_id"]);
  const spanId = idOf(span["spanId"] ?? span["span_id"]);
  if (traceId === null || spanId === null) return at.sink.drop("span without id");
  const status = object(span["status"]);
  at.count++;
  at.sink.span({
    traceId,
    spanId,
    parentSpanId: idOf(span["parentSpanId"] ?? span["parent_span_id"]),
    name: text(span["name"]) ?? "",
    kind: kindOf(span["kind"]),
    startNs: nanosOf(span["startTimeUnixNano"] ?? span["start_time_unix_nano"]),
    endNs: nanosOf(span["endTimeUnixNano"] ?? span["end_time_unix_nano"]),
    status: { code: codeOf(status["code"]), message: text(status["message"]) || null },
    attributes: attributesOf(span["attributes"]),
    events: objects(span["events"]).map(eventOf),
    links: objects(span["links"]).map(linkOf),
    dropped: {
      attributes: countOf(span["droppedAttributesCount"] ?? span["dropped_attributes_count"]),
      events: countOf(span["droppedEventsCount"] ?? span["dropped_events_count"]),
      links: countOf(span["droppedLinksCount"] ?? span["dropped_links_count"]),
    },
    scope,
    resource,
    source: at.source,
    line: at.line,
  });
}

function eventOf(event: Json): SpanEvent {
  return {
    timeNs: nanosOf(event["timeUnixNano"] ?? event["time_unix_nano"]),
    name: text(event["name"]) ?? "",
    attributes: attributesOf(event["attributes"]),
  };
}

function linkOf(link: Json): Span["links"][number] {
  return {
    traceId: idOf(link["traceId"] ?? link["trace_id"]) ?? "",
    spanId: idOf(link["spanId"] ?? link["span_id"]) ?? "",
    attributes: attributesOf(link["attributes"]),
  };
}

function readLog(log: Json, scope: Span["scope"], resource: Record<string, unknown>, at: At): void {
  giveLog(logOf(log, scope.name, resource, at), at.byteOffset, at.count, at.sink);
  at.count++;
}

function countOf(value: unknown): number {
  const count = Number(value ?? 0);
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}
