import type { Sink } from "../../records/format.ts";
import { giveLog } from "./log-record.ts";
import { logAt, spanAt, type Around } from "./messages.ts";
import { quietSpanAt } from "./quiet-span.ts";
import { signalOf, type Signal } from "./signal.ts";
import { Malformed, Wire } from "./wire.ts";
import { attributeAt } from "./wire-values.ts";

/**
 * ExportTraceServiceRequest:   1 resource_spans   repeated ResourceSpans
 * ExportLogsServiceRequest:    1 resource_logs    repeated ResourceLogs
 * ExportMetricsServiceRequest: 1 resource_metrics repeated ResourceMetrics
 *
 * Reads one request; `signal` null: it is told by the records themselves. Gives the number of spans and logs. A record
 * that is malformed is dropped alone, as long as its length is right.
 */
export function readRequest(
  bytes: Uint8Array,
  signal: Signal | null,
  source: string,
  sink: Sink,
  byteOffset = 0,
): number {
  const wire = new Wire(bytes);
  const at: At = { wire, signal, source, sink, byteOffset, count: 0 };
  try {
    for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
      if (tag === 0x0a) inside(at, () => resourceAt(at));
      else wire.skip(tag);
    }
  } catch (error) {
    dropMalformed(error, sink);
  }
  return at.count;
}

interface At {
  wire: Wire;
  signal: Signal | null;
  source: string;
  sink: Sink;
  byteOffset: number;
  count: number;
}

/** Runs `read` on the LEN field the wire stands at, and goes on behind it whatever happens inside. */
function inside(at: At, read: () => void): void {
  const { wire } = at;
  const { end } = wire;
  const to = wire.length();
  wire.end = to;
  try {
    read();
  } catch (error) {
    dropMalformed(error, at.sink);
  }
  wire.at = to;
  wire.end = end;
}

/**
 * ResourceSpans: 1 resource Resource, 2 scope_spans repeated ScopeSpans, 3 schema_url string,
 *                1000 instrumentation_library_spans (before 0.20), the same form as 2. ResourceLogs alike.
 * Resource:      1 attributes repeated KeyValue, 2 dropped_attributes_count uint32
 */
function resourceAt(at: At): void {
  const { wire } = at;
  const start = wire.at;
  const resource: Record<string, unknown> = {};
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if (tag === 0x0a) inside(at, () => attributesInto(wire, resource));
    else wire.skip(tag);
  }
  wire.at = start;
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if (tag === 0x12 || tag === 0x1f42) inside(at, () => scopeAt(at, resource));
    else wire.skip(tag);
  }
}

function attributesInto(wire: Wire, record: Record<string, unknown>): void {
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if (tag === 0x0a) attributeAt(wire, record);
    else wire.skip(tag);
  }
}

/**
 * ScopeSpans: 1 scope InstrumentationScope, 2 spans repeated Span, 3 schema_url string. ScopeLogs: 2 log_records. ScopeMetrics: 2 metrics.
 */
function scopeAt(at: At, resource: Record<string, unknown>): void {
  const { wire } = at;
  const start = wire.at;
  const around: Around = { scope: { name: "", version: null, attributes: {} }, resource, source: at.source };
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if (tag === 0x0a) inside(at, () => nameInto(wire, around.scope));
    else wire.skip(tag);
  }
  wire.at = start;
  let signal = at.signal;
  const { quiet } = at.sink;
  const asked = quiet === undefined || quiet.filter.scope(around.scope.name) ? null : quiet;
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if (tag === 0x12) {
      inside(at, () => {
        signal ??= signalOf(wire);
        const head = asked !== null && signal === "traces" ? quietSpanAt(wire, asked.filter, around) : null;
        if (head === null) return recordAt(at, signal, around);
        at.count++;
        asked?.span(head);
      });
    } else wire.skip(tag);
  }
}

/** InstrumentationScope: 1 name string, 2 version string, 3 attributes repeated KeyValue, 4 dropped_attributes_count uint32 */
function nameInto(wire: Wire, scope: Around["scope"]): void {
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if (tag === 0x0a) scope.name = wire.string();
    else if (tag === 0x12) scope.version = wire.string();
    else if (tag === 0x1a) attributeAt(wire, scope.attributes);
    else wire.skip(tag);
  }
}

function recordAt(at: At, signal: Signal | null, around: Around): void {
  if (signal === "metrics") return at.sink.drop("metrics");
  if (signal === "logs") {
    giveLog(logAt(at.wire, around), at.byteOffset, at.count, at.sink);
  } else {
    const span = spanAt(at.wire, around);
    if (span.traceId === "" || span.spanId === "") return at.sink.drop("span without id");
    at.sink.span(span);
  }
  at.count++;
}

function dropMalformed(error: unknown, sink: Sink): void {
  if (!(error instanceof Malformed)) throw error;
  sink.drop("malformed protobuf");
}
