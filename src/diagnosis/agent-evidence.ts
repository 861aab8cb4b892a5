import type { Finding } from "../records/finding.ts";

/**
 * Where in a source agents were at work: a generic text (`not found`, `timed out`) counts only near such a line, in the
 * same process of the source. Lines are kept coarsely, so that an endless log costs little.
 */
export interface AgentEvidence {
  mark(source: string, stream: string | null, line: number | null): void;
  near(finding: Finding): boolean;
  /** True when any source showed an agent at all. */
  readonly any: boolean;
}

/** Lines before and after in which evidence counts. */
const NEAR = 200;
const STEP = 50;

/** Literals that ordinary logs do not have. */
export const AGENT_MARKERS = [
  "openai.",
  "openai_",
  ".openai",
  "openai-",
  "anthropic",
  "langchain",
  "langgraph",
  "autogen",
  "crewai.",
  "crewai_",
  "llama_index",
  "pydantic_ai",
  "smolagents",
  "litellm",
  "tool_call",
  "toolcall",
  "tool call",
  "tool_use",
  "calling tool",
  "execute_tool",
  "executing tool",
  "mcp server",
  "modelcontextprotocol",
  "chat/completions",
  "chat completion",
  "ai_apicallerror",
  "@ai-sdk",
  "function call",
  "function_call",
  "springframework.ai",
  "langchain4j",
  "@genkit-ai",
  "@mastra/",
  "@voltagent/",
  "@strands-agents",
  "@google/genai",
  "@google/adk",
  "rig::agent",
  "openai api error",
];

/** Words of the record itself that say that a tool, a model or an MCP server is spoken of. */
export const AGENT_WORDS =
  /\btool[_ -]?(?:call|use|result|error|choice|provider|execution|invocation|argument|arg|input|output|name|schema|handler|executor|message|round|step|iteration|server|registry|function|definition|description|discovery|lookup|runner|chunk|delta|list)s?\b|\bfor tool\b|\btool ["'`]\w|\btool [a-z]+_\w|\b(?:of|no|a|unknown|unregistered|missing) tools?\b|\b(?:the|use|using|calling|executing|running|invoking|called|mcp) (?:the )?tool\b|\btools\/(?:call|list)\b|\bMCP\b|\bLLM\b|\bfunction[_ ]calls?\b|\bchat\.?completions?\b|\bInterpreterError\b|\b(?:agent|assistant) (?:run|failed|executor|execution)\b|\btool [\w.-]{1,80} returned an error\b/i;

export function createAgentEvidence(): AgentEvidence {
  const marks = new Map<string, number[]>();
  let any = false;
  return {
    mark(source, stream, line) {
      any = true;
      const key = `${source}\u0000${stream ?? ""}`;
      const list = marks.get(key);
      if (list === undefined) marks.set(key, [line ?? 0]);
      else if (line !== null && Math.abs(line - list.at(-1)!) >= STEP) list.push(line);
    },
    near({ scope, evidence: [first] }) {
      const list = marks.get(`${scope.source}\u0000${scope.stream ?? ""}`);
      if (list === undefined) return false;
      if (first?.line == null) return true;
      const at = lowerBound(list, first.line - NEAR - STEP);
      return at < list.length && list[at]! <= first.line + NEAR + STEP;
    },
    get any() {
      return any;
    },
  };
}

function lowerBound(sorted: number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
