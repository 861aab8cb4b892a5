import type { Span } from "../../records/records.ts";

/** The framework that a span is about, by the name of the tracer or the values that frameworks write. Null: not known. */
export function frameworkOf(span: { scope: { name: string }; attributes: Span["attributes"] }): string | null {
  const said = `${span.scope.name}\n${word(span.attributes["gen_ai.system"])}\n${word(span.attributes["gen_ai.provider.name"])}`;
  let name = known.get(said);
  if (name === undefined) {
    name = NAMES.find(([pattern]) => pattern.test(said))?.[1] ?? null;
    if (known.size < MOST) known.set(said, name);
  }
  return name;
}

/** The few tracers of a run come with every span. */
const known = new Map<string, string | null>();
const MOST = 256;

function word(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 200) : "";
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
