import type { Span } from "../../records/records.ts";
import type { Speaker } from "../speaker.ts";

/**
 * Attempts of a model call that failed and were repeated with success: our instrumentation writes an event for each
 * (`misfire.attempt_failed`), the SDKs say nothing of them. Told as one, the last, since all were overcome.
 */
export function sayAttempts({ events }: Span, voice: Speaker): void {
  const failed = events.filter(({ name }) => name === "misfire.attempt_failed");
  const last = failed.at(-1);
  if (last === undefined) return;
  const { attributes } = last;
  const status = attributes["http.response.status_code"];
  const after = attributes["http.response.header.retry-after"];
  const why = typeof status === "number" || typeof status === "bigint" ? `HTTP ${status}` : "no answer";
  const rest = [
    ...(typeof attributes["error.type"] === "string" ? [attributes["error.type"]] : []),
    ...(typeof after === "string" ? [`retry-after ${after}`] : []),
  ];
  const text = `Attempt ${failed.length} of the model call failed: ${[why, ...rest].join(", ")}`;
  voice.text("model-error", text, last.timeNs, { flagged: true, recovered: true });
}
