import type { SpanContext } from "./api.ts";
import { messagesOf } from "../provider-messages.ts";
import { resultsSeen } from "./pending.ts";
import type { Run } from "./run.ts";

/** Links to the tool calls whose results this request carries; those calls are done with. */
export function consumedBy(run: Run, body: Record<string, unknown>): { context: SpanContext }[] {
  const history = body["messages"] ?? body["input"] ?? body["contents"];
  if (run.pending.size === 0 || !Array.isArray(history)) return [];
  const results = messagesOf(history.slice(tailStart(history))).flatMap((message) => message.results);
  return resultsSeen(run, results).map((span) => ({ context: span.spanContext() }));
}

/** Results stand after the last thing that the model said; Responses items of calls and results alternate. */
function tailStart(history: readonly unknown[]): number {
  for (let index = history.length - 1; index >= 0; index--) {
    const item = history[index] as { role?: unknown } | null;
    if (item?.role === "assistant" || item?.role === "model") return index + 1;
  }
  return Math.max(0, history.length - 256);
}
