import type { ParsedException } from "./exception.ts";

export interface Framework {
  name: string;
  version?: string;
}

/** Python packages (by the folder they install) and npm packages, and the framework that each is of. The first entry wins. */
const PYTHON: Record<string, string> = {
  autogen_agentchat: "autogen",
  autogen_core: "autogen",
  autogen_ext: "autogen",
  autogen: "ag2",
  ag2: "ag2",
  agents: "openai-agents",
  langgraph: "langgraph",
  langchain: "langgraph",
  langchain_core: "langgraph",
  crewai: "crewai",
  pydantic_ai: "pydantic-ai",
  smolagents: "smolagents",
  llama_index: "llama-index",
  semantic_kernel: "semantic-kernel",
  agent_framework: "agent-framework",
  google: "google-adk",
  strands: "strands",
  agno: "agno",
  dspy: "dspy",
  haystack: "haystack",
  mcp: "mcp",
  fastmcp: "mcp",
  litellm: "litellm",
  openai: "openai",
  anthropic: "anthropic",
};

const NODE: Record<string, string> = {
  ai: "ai-sdk",
  "@ai-sdk": "ai-sdk",
  "@openai/agents": "openai-agents-js",
  "@openai/agents-core": "openai-agents-js",
  "@openai/agents-openai": "openai-agents-js",
  "@langchain": "langchain-js",
  langchain: "langchain-js",
  "@mastra": "mastra",
  "@modelcontextprotocol": "mcp-ts",
  openai: "openai-node",
  "@anthropic-ai/sdk": "anthropic-node",
};

/** Frameworks on the stacks, those of the outer layers (agent frameworks) before SDKs, with their version where a path has it. */
export function frameworksIn(exceptions: readonly ParsedException[]): Framework[] {
  const found = new Map<string, Framework>();
  for (const { frames } of exceptions) {
    for (const { file } of frames) {
      const framework = pythonFramework(file) ?? nodeFramework(file);
      if (framework === null) continue;
      const known = found.get(framework.name);
      if (known === undefined) found.set(framework.name, framework);
      else if (known.version === undefined && framework.version !== undefined) known.version = framework.version;
    }
  }
  return [...found.values()].sort((a, b) => rank(a.name) - rank(b.name));
}

const ORDER = [...new Set([...Object.values(PYTHON), ...Object.values(NODE)])];
const SDKS = new Set(["mcp", "mcp-ts", "litellm", "openai", "anthropic", "openai-node", "anthropic-node"]);
const rank = (name: string): number => ORDER.indexOf(name) + (SDKS.has(name) ? 1000 : 0);

/** `.../site-packages/autogen_agentchat/teams/...`; a path has no version there. */
function pythonFramework(file: string): Framework | null {
  const match = /[\\/](?:site|dist)-packages[\\/](?:([\w.-]+?)-(\d[\w.]*)-py[\d.]+\.egg[\\/])?(\w+)[\\/](\w+)/.exec(
    file,
  );
  if (match === null) return null;
  const name = own(PYTHON, match[3]!);
  if (name === null || (match[3] === "google" && match[4] !== "adk")) return null;
  return match[2] === undefined ? { name } : { name, version: match[2] };
}

/** The last package in the path; pnpm, bun and yarn write its version before it. */
function nodeFramework(file: string): Framework | null {
  const at = Math.max(file.lastIndexOf("/node_modules/"), file.lastIndexOf("\\node_modules\\"));
  if (at === -1) return null;
  const parts = file.slice(at + 14).split(/[\\/]/, 2);
  const full = parts[0]!.startsWith("@") ? parts.join("/") : parts[0]!;
  const name = own(NODE, full) ?? own(NODE, parts[0]!);
  if (name === null) return null;
  const version = versionOf(file.slice(0, at), full);
  return version === null ? { name } : { name, version };
}

function versionOf(before: string, full: string): string | null {
  const folder =
    /[\\/]\.(?:pnpm|bun|store)[\\/]([^\\/]+)/.exec(before)?.[1] ?? /[\\/]cache[\\/]([^\\/]+)\.zip/.exec(before)?.[1];
  if (folder === undefined) return null;
  const bare = full.replace("/", "+");
  const start = [`${bare}@`, `${full.replace("/", "-")}-npm-`].find((prefix) => folder.startsWith(prefix));
  return start === undefined ? null : (/^\d[\d.]*(?:-[a-z]+\.\d+)?/.exec(folder.slice(start.length))?.[0] ?? null);
}

function own(table: Record<string, string>, key: string): string | null {
  return Object.hasOwn(table, key) ? table[key]! : null;
}
