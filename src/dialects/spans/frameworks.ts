import type { Span } from "../../records/records.ts";

/** The framework that a span is about, by the name of the tracer or the values that frameworks write. Null: not known. */
export function frameworkOf(span: { scope: { name: string }; attributes: Span["attributes"] }): string | null {
  const said = `${span.scope.name}\n${String(span.attributes["gen_ai.system"] ?? "")}\n${String(span.attributes["gen_ai.provider.name"] ?? "")}`;
  return NAMES.find(([pattern]) => pattern.test(said))?.[1] ?? null;
}

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/@(?:arizeai|traceloop)\/.*langchain/, "langchain-js"],
  [/langchain|langgraph|langsmith/i, "langgraph"],
  [/@(?:arizeai|traceloop)\/.*openai-agents/, "openai-agents-js"],
  [/openai[._-]agents/, "openai-agents"],
  [/autogen/, "autogen"],
  [/\bag2\b/, "ag2"],
  [/crewai/i, "crewai"],
  [/smolagents/, "smolagents"],
  [/pydantic-ai/, "pydantic-ai"],
  [/mastra/, "mastra"],
  [/mcp-python-sdk/, "mcp-python"],
  [/gcp\.vertex\.agent/, "google-adk"],
  [/semantic_kernel|SemanticKernel/, "semantic-kernel"],
  [/agent_framework/, "agent-framework"],
  [/strands/i, "strands"],
  [/bedrock/i, "bedrock"],
  [/@(?:arizeai|traceloop|opentelemetry)\/.*openai/, "openai-node"],
  [/instrumentation\.openai/, "openai-python"],
];
