import type { Message, Span } from "../../records/records.ts";
import { object, type Json } from "../../ingest/json/access.ts";
import { finishReasonOf } from "../../ingest/messages/finish.ts";
import { merged } from "../../ingest/messages/answer.ts";
import { messagesOf } from "../../ingest/messages/messages.ts";
import { parsePython } from "../logs/python-repr.ts";
import { fromJson, pickText } from "./attributes.ts";
import { has } from "./kinds.ts";
import type { SpanKind } from "./keys.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

// `inference.modelapi` is the client's own call below an inference: the same request again.
const KINDS: Record<string, SpanKind> = {
  inference: "model",
  "inference.framework": "model",
  "agentic.tool.invocation": "tool",
  "agentic.mcp.invocation": "tool",
  "agentic.invocation": "agent",
  "agentic.turn": "agent",
  "agentic.request": "agent",
};

/** Monocle: `span.type`, entities by number, content in the events `data.input` and `data.output`. */
export const monocle = spanDialect({
  name: "monocle",
  score: (span) => (has(span, "monocle_apptrace.version") && has(span, "span.type") ? SCORES.key : 0),
  kind: (span) => KINDS[pickText(span.attributes, ["span.type"]) ?? ""] ?? "none",
  // Of some clients it records no calls at all.
  losesCalls: () => true,
  keys: { conversation: ["scope.agentic.session"] },
  tool: (span) => entity(span, /^(?:tool|mcp)\b/),
  input: (span) => single(eventValue(span, "data.input", "input")),
  output(span) {
    const value = eventValue(span, "data.output", "response") ?? eventValue(span, "data.output", "output");
    // Of an async tool it takes what the function gave back before it was awaited.
    return typeof value === "string" && value.startsWith("<coroutine object ") ? undefined : value;
  },
  messages(span) {
    const listed = eventValue(span, "data.input", "input");
    return listed === undefined ? null : messagesOf((Array.isArray(listed) ? listed : [listed]).map(byRole));
  },
  answer(span) {
    const response = eventValue(span, "data.output", "response");
    if (response === undefined) return null;
    const message: Message = merged(messagesOf([{ ...byRole(response), role: "assistant" }]));
    return { message, finishReason: finishReasonOf(eventValue(span, "metadata", "finish_reason")), complete: true };
  },
});

function entity(span: Span, type: RegExp): string | null {
  for (let i = 1; i <= 8; i++)
    if (type.test(String(span.attributes[`entity.${i}.type`] ?? "")))
      return pickText(span.attributes, [`entity.${i}.name`]);
  return null;
}

function eventValue(span: Span, name: string, key: string): unknown {
  return span.events.find((event) => event.name === name)?.attributes[key];
}

function single(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

/** `{"human": "text"}`, `{"ai": {name, args, id, type: "tool_call"}}` as a message. */
function byRole(value: unknown): Json {
  const parsed = fromJson(value);
  if (typeof parsed === "string") return { role: "user", content: parsed };
  const [role, said] = Object.entries(object(parsed))[0] ?? ["user", null];
  const content = typeof said === "string" && said.startsWith("{'") ? (bedrockCall(said) ?? said) : said;
  return {
    role,
    content: typeof content === "object" && content !== null && !Array.isArray(content) ? [content] : content,
  };
}

/** `{'toolUseId': 't1', 'name': 'f', 'input': {...}}`: a call of Bedrock as Python prints it. */
function bedrockCall(repr: string): Json | null {
  const call = object(parsePython(repr)?.value);
  return "toolUseId" in call ? { toolUse: call } : null;
}
