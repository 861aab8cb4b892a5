import { fromJson, pickText } from "./attributes.ts";
import type { Exchange, Span, ToolDefinition } from "../../records/records.ts";
import { object, firstText, type Json } from "../../ingest/json/access.ts";
import { contentText } from "../../ingest/messages/call.ts";
import { toolsOf } from "../../ingest/messages/tools.ts";
import { byScope, has, operationKind } from "./kinds.ts";
import { answerIn, historyOf } from "./payload.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

const scope = byScope(/^gcp\.vertex\.agent$/);

/** Google ADK: `call_llm` with the request and response as JSON, `execute_tool X`; `(merged tools)` sums up parallel calls and is no call. */
export const adk = spanDialect({
  name: "google-adk",
  framework: "google-adk",
  score: (span) =>
    has(span, "gcp.vertex.agent.invocation_id") || pickText(span.attributes, ["gen_ai.system"]) === "gcp.vertex.agent"
      ? SCORES.key
      : scope(span),
  kind(span) {
    if (span.name.includes("(merged tools)")) return "none";
    if (span.name === "call_llm") return "model";
    if (/^execute_tool /.test(span.name)) return "tool";
    if (/^(?:invocation|invoke_agent|agent_run|invoke_workflow)\b/.test(span.name)) return "agent";
    return operationKind(span) ?? "none";
  },
  // without content the attributes are there, and hollow
  unrecorded: ["{}", "N/A"],
  messages(span) {
    const request = object(fromJson(span.attributes["gcp.vertex.agent.llm_request"]));
    const system = contentText(object(request["config"])["system_instruction"]);
    const sent = historyOf(request["contents"] ?? null);
    if (sent === null || system === "") return sent;
    return [{ role: "system", text: system, calls: [], results: [] }, ...sent];
  },
  answer(span) {
    const response = object(fromJson(span.attributes["gcp.vertex.agent.llm_response"]));
    const code = firstText(response["error_code"]);
    if (code !== null)
      return {
        message: { role: "assistant", text: null, calls: [], results: [] },
        finishReason: code.toLowerCase(),
        complete: true,
      };
    const content = response["content"];
    return content === undefined
      ? null
      : answerIn({ candidates: [{ content, finishReason: response["finish_reason"] }] });
  },
});

/** IQAI's ADK for TypeScript, made after Google's: `adk.*` for the requests, the responses, and what tools were given and gave. */
export const iqaiAdk = spanDialect({
  name: "iqai-adk",
  framework: "iqai-adk",
  score: (span) =>
    has(span, "adk.llm_request") || has(span, "adk.tool_response") || /^iqai-adk$/.test(span.scope.name)
      ? SCORES.key
      : 0,
  kind(span) {
    if (span.name.startsWith("llm_generate")) return "model";
    if (span.name.startsWith("execute_tool ")) return "tool";
    return /^(?:agent_run|invocation)\b/.test(span.name) ? "agent" : (operationKind(span) ?? "none");
  },
  keys: { arguments: ["adk.tool_call_args"], result: ["adk.tool_response"] },
  unrecorded: ["{}", "N/A"],
  tools: toolsIn,
  // calls and results stand as placeholders in it
  messages: (span) => historyOf(requestOf(span)["contents"] ?? null),
  answer: answerOf,
  // The answers of requests are not recorded; the last one stands on the agent.
  also(span, voice) {
    const answer = span.name.startsWith("agent_run") ? answerOf(span) : null;
    const tools = toolsIn(span);
    const { startNs, endNs } = span;
    if (answer !== null) voice.modelCall({ tools, messages: null, options: {}, answer, error: null, startNs, endNs });
    const message = firstText(responseOf(span)["errorMessage"]);
    if (message !== null) voice.text("model-error", message, span.endNs, { flagged: true });
  },
});

function requestOf(span: Span): Json {
  return object(fromJson(span.attributes["adk.llm_request"]));
}

function responseOf(span: Span): Json {
  return object(fromJson(span.attributes["adk.llm_response"]));
}

function toolsIn(span: Span): ToolDefinition[] | null {
  const { tools } = object(requestOf(span)["config"]);
  return Array.isArray(tools) ? toolsOf(tools) : null;
}

function answerOf(span: Span): Exchange["answer"] {
  const { content, finishReason } = responseOf(span);
  return content === undefined ? null : answerIn({ candidates: [{ content, finishReason }] });
}
