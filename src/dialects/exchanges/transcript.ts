import type { Emit } from "../../records/dialect.ts";
import type { Exchange, Message } from "../../records/records.ts";
import { speaker } from "../speaker.ts";

/** A saved history: nothing went over a wire that we saw. The assistant's last message is the answer to what stands before it. */
export function readTranscript(exchange: Exchange, emit: Emit): void {
  const voice = speaker(emit, exchange.scope, {
    kind: "message",
    source: exchange.scope.source,
    line: exchange.line,
    traceId: exchange.scope.traceId,
    spanId: exchange.scope.spanId,
  });
  const { asked, answer } = split(exchange.messages);
  voice.modelCall({ ...exchange, messages: asked, answer, startNs: exchange.timeNs, endNs: exchange.timeNs });
  asked.forEach(({ role, text }, messageIndex) => {
    if (role === "assistant") voice.text("model-text", text, exchange.timeNs, { messageIndex });
  });
}

function split(messages: Message[]): { asked: Message[]; answer: Exchange["answer"] } {
  const last = messages.at(-1);
  if (last?.role !== "assistant") return { asked: messages, answer: null };
  return { asked: messages.slice(0, -1), answer: { message: last, finishReason: null, complete: true } };
}
