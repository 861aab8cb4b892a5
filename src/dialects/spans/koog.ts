import type { Message } from "../../records/records.ts";
import { objects } from "../../ingest/json/access.ts";
import { messagesOf } from "../../ingest/messages/messages.ts";
import { fromJson, pick } from "./attributes.ts";
import { ANSWERS, firstOf, HISTORIES } from "./carriers.ts";
import { kindBy, operationKind } from "./kinds.ts";
import { answerIn, historyOf, isCall } from "./payload.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

const kind = kindBy("langfuse.observation.type", { generation: "model", tool: "tool", agent: "agent", span: "chain" });

/** Koog (JetBrains): flat prompts in which a call is a message of its own whose text is a JSON list of calls; often sent to Langfuse. */
export const koog = spanDialect({
  name: "koog",
  framework: "koog",
  score: (span) => (span.scope.name === "ai.koog" ? SCORES.key + 5 : 0),
  kind: (span) => operationKind(span) ?? kind(span) ?? "none",
  messages: (span) => withCalls(firstOf(HISTORIES, span) ?? historyOf(pick(span.attributes, INPUT))),
  answer(span) {
    const found = firstOf(ANSWERS, span) ?? answerIn(pick(span.attributes, OUTPUT) ?? null);
    if (found === null) return null;
    // Several calls are several messages, merged with a line break.
    const parts = (found.message.text ?? "").split(/\n(?=\[\{)/).map((text) => ({ ...found.message, text }));
    const calls = [...found.message.calls, ...parts.flatMap((part) => callsIn(part) ?? [])];
    return calls.length === 0 ? found : { ...found, message: { ...found.message, text: null, calls } };
  },
});

const INPUT = ["langfuse.observation.input"];
const OUTPUT = ["langfuse.observation.output"];

function withCalls(messages: Message[] | null): Message[] | null {
  return (
    messages?.map((message) => {
      const calls = callsIn({ ...message, text: message.text ?? message.results[0]?.content ?? null });
      return calls === null ? message : { role: "assistant", text: null, calls, results: [] };
    }) ?? null
  );
}

function callsIn({ text }: Message): Message["calls"] | null {
  const listed = text?.startsWith("[{") === true ? objects(fromJson(text)) : [];
  if (listed.length === 0 || !listed.every(isCall)) return null;
  return messagesOf([{ role: "assistant", tool_calls: listed }])[0]?.calls ?? null;
}
