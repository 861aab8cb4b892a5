import { pickText } from "./attributes.ts";
import { has, operationKind } from "./kinds.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

/** Pydantic AI, formats 1 to 6: `agent run` or `invoke_agent`, `chat M`, `running tool` or `execute_tool`; `running tools` is only a parent. */
export const pydanticAi = spanDialect({
  name: "pydantic-ai",
  framework: "pydantic-ai",
  score: (span) =>
    span.scope.name === "pydantic-ai" || has(span, "model_request_parameters") || has(span, "pydantic_ai.all_messages")
      ? SCORES.key
      : 0,
  kind(span) {
    if (span.name === "running tools" || has(span, "pydantic_ai.tool.deferral.name")) return "none";
    if (span.name === "running tool") return "tool";
    if (span.name === "agent run") return "agent";
    return operationKind(span) ?? (has(span, "model_request_parameters") ? "model" : "none");
  },
  // 2.x says where a refused call failed; the exception event says why, where content is recorded.
  refused: (span) =>
    pickText(span.attributes, ["pydantic_ai.tool.failure_stage"]) === "validation" ? "validated" : null,
});
