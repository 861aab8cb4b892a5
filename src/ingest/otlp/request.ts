import type { Sink } from "../../records/format.ts";
import { QuietSpans, type Around } from "../../records/quiet-spans.ts";
import { giveLog } from "./log-record.ts";
import { logAt, spanAt } from "./messages.ts";
import { QuietSpanReader } from "./quiet-span.ts";
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
  const spans = new QuietSpans();
  const quiet = sink.quiet === undefined ? null : new QuietSpanReader(wire, sink.quiet.filter, spans);
  const at: At = { wire, signal, source, sink, byteOffset, quiet, count: 0 };
  try {
    for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
      if (tag === 0x0a) inside(at, () => resourceAt(at));
      else wire.skip(tag);
    }
  } catch (error) {
    dropMalformed(error, sink);
  }
  if (spans.count > 0) sink.quiet?.spans(spans);
  return at.count + spans.count;
}

interface At {
  wire: Wire;
  signal: Signal | null;
  source: string;
  sink: Sink;
  byteOffset: number;
  quiet: QuietSpanReader | null;
  /** Of spans and logs that were given. */
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
  const quiet = at.sink.quiet?.filter.scope(around.scope.name) === true ? null : at.quiet;
  const record = (): void => recordAt(at, around);
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if (tag !== 0x12) wire.skip(tag);
    else {
      at.signal ??= signalAhead(wire);
      if (quiet === null || at.signal !== "traces" || !isPassed(wire, quiet, around)) inside(at, record);
    }
  }
}

/** What the record is whose length the wire stands at. */
function signalAhead(wire: Wire): Signal | null {
  const { at, end } = wire;
  wire.end = wire.length();
  const signal = signalOf(wire);
  wire.at = at;
  wire.end = end;
  return signal;
}

/** Passes the record whose length the wire stands at, where it is quiet; else the wire stays. */
function isPassed(wire: Wire, quiet: QuietSpanReader, around: Around): boolean {
  const { at } = wire;
  const to = wire.length();
  const isQuiet = quiet.pass(wire.at, to, around);
  wire.at = isQuiet ? to : at;
  return isQuiet;
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

function recordAt(at: At, around: Around): void {
  if (at.signal === "metrics") return at.sink.drop("metrics");
  if (at.signal === "logs") {
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
