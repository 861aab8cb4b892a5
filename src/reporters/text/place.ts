import type { Evidence } from "../../records/evidence.ts";
import type { View } from "../reporter.ts";
import { line } from "./paint.ts";

/** `app.log:214`, `traces.jsonl span 00f067aa of trace 4bf92f35`, `chat.json message 12`. */
export function placeOf(evidence: Evidence, view: Pick<View, "width">): string {
  const { kind, traceId, spanId, messageIndex, byteOffset } = evidence;
  const source = line(evidence.source === "-" ? "stdin" : evidence.source);
  const at = evidence.line !== null ? `${source}:${evidence.line}` : source;
  const id = (text: string): string => (view.width >= WIDE ? line(text) : line(text).slice(0, SHORT));
  if (kind === "span" && spanId !== null)
    return `${at} span ${id(spanId)}${traceId === null ? "" : ` of trace ${id(traceId)}`}`;
  if (kind === "message" && messageIndex !== null) return `${at} message ${messageIndex}`;
  return evidence.line === null && byteOffset !== null ? `${source} at byte ${byteOffset}` : at;
}

/** All places, each once; further lines of one log by their numbers alone: `app.log:390, 512`. */
export function placesOf(evidence: readonly Evidence[], view: View): string[] {
  let last: string | null = null;
  const seen = new Set<string>();
  return evidence.flatMap((one) => {
    const place = placeOf(one, view);
    if (seen.has(place)) return [];
    seen.add(place);
    const short: boolean = one.kind === "log" && one.line !== null && one.source === last;
    last = one.kind === "log" ? one.source : null;
    return [short ? String(one.line) : place];
  });
}

const WIDE = 120;
const SHORT = 8;
