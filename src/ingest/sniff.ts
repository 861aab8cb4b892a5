import { looksLikeFramed, looksLikeProtobuf } from "./otlp/looks.ts";
import { firstRow } from "./csv.ts";
import { frameRows } from "./exports/frame.ts";
import { object, type Json } from "./json/access.ts";
import { parsePrefix } from "./json/prefix.ts";
import type { Looked } from "./shape.ts";
import { SHAPES } from "./shapes.ts";

/**
 * Tells a format by its first bytes (up to 64 KiB; `whole` when that is all there is). Anything that is not surely a
 * trace, an export or a transcript is `text`: JSON log lines and console output that holds some JSON are text.
 */
export function sniff(head: Uint8Array, whole: boolean): Sniffed {
  const bytes = head.subarray(0, HEAD);
  if (looksLikeFramed(bytes))
    return { format: "otlp-proto", why: "length-prefixed messages (Collector file exporter, proto)" };
  if (looksLikeProtobuf(bytes, whole && head.length <= HEAD))
    return { format: "otlp-proto", why: "protobuf ExportServiceRequest" };
  return sniffText(new TextDecoder().decode(bytes));
}

export interface Sniffed {
  format: string;
  why: string;
}

const HEAD = 65536;

function sniffText(text: string): Sniffed {
  const start = text.search(/\S/);
  if (start < 0) return { format: "text", why: "empty" };
  const first = text[start];
  if (first === "{" || first === "[") {
    const prefix = parsePrefix(text, MOST_VALUES);
    const value = prefix.values[0];
    // After the first value only another may follow: else it is a console that printed some JSON.
    const pure = prefix.cut || prefix.rest === "" || prefix.values.length === MOST_VALUES;
    if (value !== undefined) {
      const items = Array.isArray(value) ? (Array.isArray(value[0]) ? value[0] : value) : prefix.values;
      const array = Array.isArray(value);
      const rows = array ? [] : frameRows(value);
      return (
        shapeOf({ value: object(value), item: object(items[0]), items: items.map(object), array, pure }) ??
        (rows[0] !== value && rows.length > 0 ? tableOf(rows) : null) ?? {
          format: "text",
          why: "JSON of no known shape",
        }
      );
    }
    if (JS_SPAN.test(text)) return { format: "console-js", why: "console spans of the JS SDK" };
    return { format: "text", why: "not JSON" };
  }
  if (/^interactions:\s*$/m.test(text) && /^- request:\s*$/m.test(text))
    return { format: "vcr", why: "cassette with interactions" };
  if (
    /^--[\w'()+.,/:=?-]{1,70}\r?\nContent-Disposition: form-data; name="(?:post|patch)\.[0-9a-f-]{36}/i.test(
      text.slice(start),
    )
  )
    return { format: "langsmith", why: "body of LangSmith's /runs/multipart" };
  const row = firstRow(text);
  return (row === null ? null : tableOf([row])) ?? { format: "text", why: "no other format fits" };
}

function shapeOf(looked: Looked): Sniffed | null {
  const shape = SHAPES.find((each) => each.test(looked));
  return shape === undefined ? null : { format: shape.format, why: shape.why };
}

/** Rows of a data frame or of CSV: those of formats that are read from tables. */
function tableOf(rows: Json[]): Sniffed | null {
  const told = shapeOf({ value: {}, item: rows[0] as Json, items: rows, array: false, pure: true });
  return told !== null && TABLES.has(told.format) ? { ...told, why: `${told.why}, as a table` } : null;
}

const TABLES = new Set(["langsmith", "mlflow", "phoenix", "langfuse", "opik", "braintrust", "weave"]);

/** Values of JSON lines looked at: enough to see that lines go on in the same form. */
const MOST_VALUES = 8;

const JS_SPAN =
  /^\s*\{\n {2}(?:resource|instrumentationScope|traceId)\b(?:[^\n]*\n){1,200}? {2}traceId: '[0-9a-f]{32}'/;
