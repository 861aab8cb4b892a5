import { looksLikeFramed, looksLikeProtobuf } from "./otlp/looks.ts";
import { object } from "./json/access.ts";
import { parsePrefix } from "./json/prefix.ts";
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
      const looked = {
        value: object(value),
        item: object(items[0]),
        items: items.map(object),
        array: Array.isArray(value),
        pure,
      };
      for (const shape of SHAPES) if (shape.test(looked)) return { format: shape.format, why: shape.why };
      return { format: "text", why: "JSON of no known shape" };
    }
    if (JS_SPAN.test(text)) return { format: "console-js", why: "console spans of the JS SDK" };
    return { format: "text", why: "not JSON" };
  }
  if (/^interactions:\s*$/m.test(text) && /^- request:\s*$/m.test(text))
    return { format: "vcr", why: "cassette with interactions" };
  return { format: "text", why: "no other format fits" };
}

/** Values of JSON lines looked at: enough to see that lines go on in the same form. */
const MOST_VALUES = 8;

const JS_SPAN =
  /^\s*\{\n {2}(?:resource|instrumentationScope|traceId)\b(?:[^\n]*\n){1,200}? {2}traceId: '[0-9a-f]{32}'/;
