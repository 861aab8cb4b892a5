import { patchAISDK, unpatchAISDK } from "./ai-sdk/module.ts";
import { patchAnthropic, unpatchAnthropic } from "./anthropic.ts";
import { patchGoogleGenAI, unpatchGoogleGenAI } from "./google-genai.ts";
import { LANGCHAIN_FILES, patchLangChain, unpatchLangChain } from "./langchain-patch.ts";
import { patchMCP, unpatchMCP } from "./mcp.ts";
import { patchOllama } from "./ollama.ts";
import { instrumentAgents } from "./openai-agents.ts";
import { patchOpenAI, unpatchOpenAI } from "./openai.ts";
import { unpatch } from "./patch.ts";

/** A package whose classes are patched when the application loads it. */
export interface TracedPackage {
  name: string;
  versions: string[];
  /** Files inside of the package instead of its main one. */
  files?: readonly string[];
  /** What it gives, if anything, takes the place of exports that cannot be set. */
  patch(module: unknown): unknown;
  unpatch(module: unknown): void;
}

const MCP = { patch: patchMCP, unpatch: unpatchMCP };

export const PACKAGES: readonly TracedPackage[] = [
  { name: "openai", versions: [">=5"], patch: patchOpenAI, unpatch: unpatchOpenAI },
  { name: "@anthropic-ai/sdk", versions: [">=0.50"], patch: patchAnthropic, unpatch: unpatchAnthropic },
  { name: "@google/genai", versions: [">=1"], patch: patchGoogleGenAI, unpatch: unpatchGoogleGenAI },
  {
    name: "ollama",
    versions: [">=0.5"],
    patch: patchOllama,
    unpatch: (module) => unpatch((module as { Ollama?: { prototype: unknown } }).Ollama?.prototype),
  },
  {
    name: "@modelcontextprotocol/sdk",
    versions: [">=1.10"],
    files: ["esm", "cjs"].flatMap((kind) => [`dist/${kind}/client/index.js`, `dist/${kind}/server/index.js`]),
    ...MCP,
  },
  { name: "@modelcontextprotocol/client", versions: [">=2"], ...MCP },
  { name: "@modelcontextprotocol/server", versions: [">=2"], ...MCP },
  {
    name: "@langchain/core",
    versions: [">=0.3"],
    files: LANGCHAIN_FILES,
    patch: patchLangChain,
    unpatch: unpatchLangChain,
  },
  { name: "ai", versions: [">=5"], patch: patchAISDK, unpatch: unpatchAISDK },
  // Its trace processors cannot be taken out again; switched off, ours does nothing.
  {
    name: "@openai/agents-core",
    versions: [">=0.1"],
    patch: (module) => instrumentAgents(module as object),
    unpatch() {},
  },
];
