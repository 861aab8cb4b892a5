import type { Span } from "../../records/records.ts";
import { object, objects, text, textOf, type Json } from "../json/access.ts";
import { codeOf, kindOf } from "../otlp/enums.ts";
import { anyNanos } from "../otlp/times.ts";
import { frameRows } from "./frame.ts";
import { exportedSpan, flattened, spanHandler } from "./span.ts";

/**
 * Phoenix: the data frame of `get_spans_dataframe` as JSON of any orientation or CSV (`context.trace_id`,
 * `attributes.llm.model_name`); REST `{data: [span]}` with flat attributes, old JSON lines with nested ones; the kind
 * stands in `span_kind`.
 */
export const phoenix = spanHandler(["data.*", "*"], function* (value, source, line) {
  const { data, columns } = object(value);
  for (const span of Array.isArray(data) && !Array.isArray(columns) ? objects(data) : frameRows(value))
    yield spanOf(span, source, line);
});

function spanOf(span: Json, source: string, line: number): Span | null {
  const isRow = "context.trace_id" in span;
  const context = isRow
    ? { trace_id: span["context.trace_id"], span_id: span["context.span_id"] ?? span["index"] }
    : object(span["context"]);
  const kind = text(span["span_kind"]);
  const attributes = texts(flattened(isRow ? ofRow(span) : (span["attributes"] ?? {})));
  return exportedSpan(
    source,
    line,
    { traceId: context["trace_id"], spanId: context["span_id"], parentSpanId: span["parent_id"] },
    {
      name: text(span["name"]) ?? "",
      kind: kindOf(kind),
      startNs: anyNanos(span["start_time"]),
      endNs: anyNanos(span["end_time"]),
      status: { code: codeOf(span["status_code"]), message: text(span["status_message"]) || null },
      attributes: {
        ...attributes,
        ...(kind !== null && !("openinference.span.kind" in attributes) ? { "openinference.span.kind": kind } : {}),
      },
      events: objects(span["events"]).map((event) => ({
        timeNs: anyNanos(event["timestamp"]),
        name: text(event["name"]) ?? "",
        attributes: flattened(event["attributes"] ?? event),
      })),
    },
  );
}

/** pandas writes null for the columns that a span does not have, and times in milliseconds. */
function ofRow(span: Json): Record<string, unknown> {
  const columns = Object.entries(span).filter(([key, value]) => key.startsWith("attributes.") && value !== null);
  return Object.fromEntries(columns.map(([key, value]) => [key.slice("attributes.".length), value]));
}

/** The old export parses JSON texts: what was one text (a tool's schema, metadata) is one again. */
function texts(attributes: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  const parsed = new Map<string, Record<string, unknown>>();
  for (const [key, value] of Object.entries(attributes)) {
    const match = JSON_TEXTS.exec(key);
    if (match === null) out[key] = value;
    else {
      const [, prefix = "", rest = ""] = match;
      const group = parsed.get(prefix) ?? {};
      group[rest] = value;
      parsed.set(prefix, group);
    }
  }
  for (const [key, group] of parsed) out[key] = textOf(unflattened(group));
  return out;
}

const JSON_TEXTS = /^(.*(?:json_schema|function\.arguments|tool\.parameters|invocation_parameters)|metadata)\.(.+)$/;

function unflattened(group: Record<string, unknown>): unknown {
  const root: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(group)) {
    const names = path.split(".");
    let node = root;
    for (const name of names.slice(0, -1)) {
      if (name === "__proto__") break;
      node = (typeof node[name] === "object" && node[name] !== null ? node[name] : (node[name] = {})) as Record<
        string,
        unknown
      >;
    }
    const last = names.at(-1) as string;
    if (last !== "__proto__") node[last] = value;
  }
  return root;
}
