import { fromJson, pickText } from "./attributes.ts";
import { object, firstText } from "../../ingest/json/access.ts";
import { contentText } from "../../ingest/messages/call.ts";
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
