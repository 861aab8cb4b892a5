import type { Around } from "../../records/quiet-spans.ts";
import type { OtelLog, Span, SpanEvent } from "../../records/records.ts";
import { codeOf, kindOf } from "./enums.ts";
import type { Wire } from "./wire.ts";
import { anyValueAt, attributeAt } from "./wire-values.ts";

/**
 * Span: 1 trace_id bytes, 2 span_id bytes, 3 trace_state string, 4 parent_span_id bytes, 5 name string, 6 kind enum,
 *       7 start_time_unix_nano fixed64, 8 end_time_unix_nano fixed64, 9 attributes KeyValue, 10 dropped_attributes_count uint32,
 *       11 events Event, 12 dropped_events_count uint32, 13 links Link, 14 dropped_links_count uint32, 15 status Status, 16 flags fixed32
 */
export function spanAt(wire: Wire, around: Around): Span {
  const span = headOf(around);
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if (tag === 0x4a) attributeAt(wire, span.attributes);
    else if (tag === 0x0a) span.traceId = id(wire.hex());
    else if (tag === 0x12) span.spanId = id(wire.hex());
    else if (tag === 0x22) span.parentSpanId = id(wire.hex()) || null;
    else if (tag === 0x2a) span.name = wire.string();
    else if (tag === 0x30) span.kind = kindOf(wire.varint());
    else if (tag === 0x39) span.startNs = wire.fixed64() || null;
    else if (tag === 0x41) span.endNs = wire.fixed64() || null;
    else if (tag === 0x5a) span.events.push(eventAt(wire));
    else if (tag === 0x6a) span.links.push(linkAt(wire));
    else if (tag === 0x7a) span.status = statusAt(wire);
    else if (tag === 0x50) span.dropped.attributes = wire.varint();
    else if (tag === 0x60) span.dropped.events = wire.varint();
    else if (tag === 0x70) span.dropped.links = wire.varint();
    else wire.skip(tag);
  }
  return span;
}

/** A span of which nothing is known but what is around it. */
export function headOf(around: Around): Span {
  return {
    traceId: "",
    spanId: "",
    parentSpanId: null,
    name: "",
    kind: "unspecified",
    startNs: null,
    endNs: null,
    status: { code: "unset", message: null },
    attributes: {},
    events: [],
    links: [],
    dropped: { attributes: 0, events: 0, links: 0 },
    scope: around.scope,
    resource: around.resource,
    source: around.source,
    line: null,
  };
}

/** Event: 1 time_unix_nano fixed64, 2 name string, 3 attributes KeyValue, 4 dropped_attributes_count uint32 */
function eventAt(wire: Wire): SpanEvent {
  const { end } = wire;
  const to = (wire.end = wire.length());
  const event: SpanEvent = { timeNs: null, name: "", attributes: {} };
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if (tag === 0x09) event.timeNs = wire.fixed64() || null;
    else if (tag === 0x12) event.name = wire.string();
    else if (tag === 0x1a) attributeAt(wire, event.attributes);
    else wire.skip(tag);
  }
  wire.at = to;
  wire.end = end;
  return event;
}

/** Link: 1 trace_id bytes, 2 span_id bytes, 3 trace_state string, 4 attributes KeyValue, 5 dropped_attributes_count uint32, 6 flags fixed32 */
function linkAt(wire: Wire): Span["links"][number] {
  const { end } = wire;
  const to = (wire.end = wire.length());
  const link: Span["links"][number] = { traceId: "", spanId: "", attributes: {} };
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if (tag === 0x0a) link.traceId = id(wire.hex());
    else if (tag === 0x12) link.spanId = id(wire.hex());
    else if (tag === 0x22) attributeAt(wire, link.attributes);
    else wire.skip(tag);
  }
  wire.at = to;
  wire.end = end;
  return link;
}

/** Status: 2 message string, 3 code enum */
function statusAt(wire: Wire): Span["status"] {
  const { end } = wire;
  const to = (wire.end = wire.length());
  const status: Span["status"] = { code: "unset", message: null };
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if (tag === 0x12) status.message = wire.string() || null;
    else if (tag === 0x18) status.code = codeOf(wire.varint());
    else wire.skip(tag);
  }
  wire.at = to;
  wire.end = end;
  return status;
}

/**
 * LogRecord: 1 time_unix_nano fixed64, 2 severity_number enum, 3 severity_text string, 5 body AnyValue, 6 attributes KeyValue,
 *            7 dropped_attributes_count uint32, 8 flags fixed32, 9 trace_id bytes, 10 span_id bytes,
 *            11 observed_time_unix_nano fixed64, 12 event_name string
 */
export function logAt(wire: Wire, around: Around): OtelLog {
  const log: OtelLog = {
    timeNs: null,
    severity: 0,
    eventName: null,
    body: null,
    attributes: {},
    traceId: null,
    spanId: null,
    scopeName: around.scope.name,
    resource: around.resource,
    source: around.source,
    line: null,
  };
  let observed: bigint | null = null;
  for (let tag = wire.tag(); tag !== 0; tag = wire.tag()) {
    if (tag === 0x09) log.timeNs = wire.fixed64() || null;
    else if (tag === 0x10) log.severity = severity(wire.varint());
    else if (tag === 0x2a) log.body = anyValueAt(wire, 0);
    else if (tag === 0x32) attributeAt(wire, log.attributes);
    else if (tag === 0x4a) log.traceId = id(wire.hex()) || null;
    else if (tag === 0x52) log.spanId = id(wire.hex()) || null;
    else if (tag === 0x59) observed = wire.fixed64() || null;
    else if (tag === 0x62) log.eventName = wire.string() || null;
    else wire.skip(tag);
  }
  log.timeNs ??= observed;
  return log;
}

function severity(value: number): number {
  return value <= 24 ? value : 0;
}

/** All zeros are no id. */
function id(hex: string): string {
  return hex === NO_SPAN || hex === NO_TRACE ? "" : hex;
}
const NO_SPAN = "0".repeat(16);
const NO_TRACE = "0".repeat(32);
