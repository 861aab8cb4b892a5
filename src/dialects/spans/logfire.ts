import type { Exchange, Message, Span } from "../../records/records.ts";
import { firstText, object } from "../../ingest/json/access.ts";
import { toolsOf } from "../../ingest/messages/tools.ts";
import { fromJson, pick, pickText } from "./attributes.ts";
import { has, operationKind } from "./kinds.ts";
import { sayNotFound } from "./openai-agents.ts";
import { answerIn, historyOf } from "./payload.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

/**
 * Logfire's own instrumentations (OpenAI, Anthropic, OpenAI Agents): `request_data` and `response_data`, or `input`,
 * `output` and `error` as JSON; the name is a template, `logfire.msg` is what it says. Pending spans are placeholders.
 */
export const logfire = spanDialect({
  name: "logfire",
  score: (span) =>
    has(span, "logfire.msg_template") || has(span, "logfire.span_type")
      ? SCORES.key - 2
      : /^logfire/.test(span.scope.name)
        ? SCORES.scope
        : 0,
  kind(span) {
    const type = pickText(span.attributes, ["logfire.span_type"]);
    if (type === "pending_span" || type === "log") return "none";
    if (
      has(span, "request_data") ||
      has(span, "response_data") ||
      /^(?:Chat completion|Responses API|Message with)/.test(span.name)
    )
      return "model";
    if (/^Function: /.test(span.name)) return "tool";
    if (/^(?:Agent run|OpenAI Agents trace)/.test(span.name)) return "agent";
    return operationKind(span) ?? "chain";
  },
  keys: { tools: ["tools"] },
  agent: (span) =>
    pickText(
      span.attributes,
      span.name.startsWith("Agent run") ? ["name", "gen_ai.agent.name"] : ["agent_name", "gen_ai.agent.name"],
    ),
  tool: (span) => pickText(span.attributes, ["gen_ai.tool.name", "name"]),
  // a response of the Responses API repeats what was offered
  tools(span) {
    const listed = toolsOf(object(fromJson(span.attributes["response"]))["tools"]);
    return listed.length === 0 ? null : listed;
  },
  messages: (span) => requestIn(span),
  answer: (span) => responseIn(span),
  also(span, voice) {
    const error = object(fromJson(span.attributes["error"]));
    const message = firstText(error["message"]);
    if (message === null) return;
    const detail = object(error["data"]);
    const words = [message, firstText(detail["error"], detail["tool_name"])].filter((part) => part !== null).join(": ");
    sayNotFound(`${message}: ${JSON.stringify(error["data"] ?? {})}`, span, voice);
    voice.text("status", words, span.endNs, { flagged: true, tool: firstText(detail["tool_name"]) });
  },
});

/** The request holds the answer too, as its last message: what is sent is what stands before it. */
function requestIn(span: Span): Message[] | null {
  const listed = historyOf(pick(span.attributes, ["input"]));
  if (listed !== null) return listed;
  const all = historyOf(pick(span.attributes, ["request_data"]));
  return all?.at(-1)?.role === "assistant" ? all.slice(0, -1) : all;
}

function responseIn(span: Span): Exchange["answer"] {
  const value = fromJson(pick(span.attributes, ["response_data", "output"]));
  if (value === undefined) return null;
  const message = object(value)["message"];
  return answerIn(message ?? value);
}
