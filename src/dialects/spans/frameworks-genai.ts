import { pickText } from "./attributes.ts";
import { byScope, has, operationKind } from "./kinds.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

/** AG2: `ag2.span.type`; the status stays unset when a function fails, `error.type` tells. */
export const ag2 = spanDialect({
  name: "ag2",
  framework: "ag2",
  score: (span) => (has(span, "ag2.span.type") ? SCORES.key : 0),
  kind: (span) =>
    pickText(span.attributes, ["ag2.span.type"]) === "conversation" ? "chain" : (operationKind(span) ?? "none"),
});

const ofSemanticKernel = byScope(/^semantic_kernel|^Microsoft\.SemanticKernel/);
const ofAgentFramework = byScope(/^agent_framework|^Microsoft\.Agents/);

/** Semantic Kernel (Python and .NET): tools are `Plugin-function`, errors `<class 'x'>`. */
export const semanticKernel = spanDialect({
  name: "semantic-kernel",
  framework: "semantic-kernel",
  score: (span) => (has(span, "sk.available_functions") ? SCORES.key : ofSemanticKernel(span)),
  kind: (span) => operationKind(span) ?? "none",
  keys: { tools: ["sk.available_functions"] },
});

/** Microsoft Agent Framework: the GenAI conventions, and workflow spans around them. */
export const agentFramework = spanDialect({
  name: "agent-framework",
  framework: "agent-framework",
  score: (span) =>
    pickText(span.attributes, ["gen_ai.provider.name"]) === "microsoft.agent_framework"
      ? SCORES.key
      : ofAgentFramework(span),
  kind: (span) => operationKind(span) ?? (/^(?:workflow\.run|executor\.process)/.test(span.name) ? "chain" : "none"),
});

/** LlamaIndex's own tracer: spans are methods, a failed one has its exception; neither tools nor arguments are named. */
export const llamaIndex = spanDialect({
  name: "llama-index",
  framework: "llama-index",
  chainsAreRuns: true,
  score: byScope(/^llamaindex\.opentelemetry/),
  kind: () => "chain",
});

/** Claude Code and the Claude Agent SDK: `claude_code.llm_request`, `claude_code.tool`; errors stand on its child `.tool.execution`. */
export const claudeCode = spanDialect({
  name: "claude-code",
  framework: "claude-agent-sdk",
  score: (span) =>
    span.name.startsWith("claude_code.") || /^com\.anthropic\.claude_code/.test(span.scope.name) ? SCORES.key : 0,
  kind: (span) =>
    ({
      "claude_code.tool": "tool",
      "claude_code.llm_request": "model",
      "claude_code.interaction": "agent",
      "claude_code.tool.execution": "chain",
    }[span.name] as "tool" | undefined) ?? "none",
  keys: { model: ["model"], callId: ["tool_use_id"], tool: ["tool_name"] },
});

/** Effect AI: a tool's execution is `Toolkit.handle` with its name and parameters; content is not recorded. */
export const effectAi = spanDialect({
  name: "effect-ai",
  framework: "effect-ai",
  score: (span) => (span.name === "Toolkit.handle" && has(span, "tool") ? SCORES.key : 0),
  kind: () => "tool",
  keys: { tool: ["tool"], arguments: ["parameters"] },
});

/** VoltAgent: `span.type` on models and tools; an agent is an entity, and what it answers its output. */
export const voltagent = spanDialect({
  name: "voltagent",
  framework: "voltagent",
  score: byScope(/^@voltagent\//),
  kind: ({ attributes, parentSpanId }) =>
    ({ llm: "model", tool: "tool", agent: "agent" } as const)[String(attributes["span.type"])] ??
    (attributes["entity.type"] === "agent" && parentSpanId === null ? "agent" : "chain"),
  keys: { agent: ["entity.name"], finish: ["llm.finish_reason"] },
  also({ attributes, endNs }, voice) {
    if (attributes["voltagent.stopped_by_max_steps"] !== true) return;
    const reason = `max steps (${String(attributes["voltagent.max_steps"])}) reached`;
    voice.fact({ kind: "run-ended", outcome: "stopped", reason }, endNs, reason);
  },
});
