import type { Span } from "../../records/records.ts";
import type { Speaker } from "../speaker.ts";

/**
 * How the process ended that had this span open: our instrumentation ends what is open at an exit, a signal or a crash
 * (`misfire.ended_by`). Then its error is none of its own work. Null: it was not so.
 */
export function processEnd({ attributes }: Span): "killed" | "gone" | null {
  const by = attributes["misfire.ended_by"];
  return typeof by !== "string" ? null : by === "process_killed" ? "killed" : "gone";
}

/** What was under way says so, a tool or a request to a model; not the runs around them. */
export function sayProcessEnd(span: Span, voice: Speaker, about: { tool?: string; callId?: string | null } = {}): void {
  voice.text("status", span.status.message, span.endNs, { flagged: true, ...about });
}
