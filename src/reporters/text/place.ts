import type { Evidence } from "../../records/evidence.ts";
import type { View } from "../reporter.ts";
import { line } from "./paint.ts";

/** `app.log:214`, `traces.jsonl span 00f067aa of trace 4bf92f35`, `chat.json message 12`. */
export function placeOf(evidence: Evidence, view: View): string {
  const { kind, traceId, spanId, messageIndex, byteOffset } = evidence;
  const source = line(evidence.source === "-" ? "stdin" : evidence.source);
  const at = evidence.line !== null ? `${source}:${evidence.line}` : source;
  const id = (text: string): string => (view.width >= WIDE ? line(text) : line(text).slice(0, SHORT));
  if (kind === "span" && spanId !== null)
    return `${at} span ${id(spanId)}${traceId === null ? "" : ` of trace ${id(traceId)}`}`;
  if (kind === "message" && messageIndex !== null) return `${at} message ${messageIndex}`;
  return evidence.line === null && byteOffset !== null ? `${source} at byte ${byteOffset}` : at;
}

const WIDE = 120;
const SHORT = 8;
