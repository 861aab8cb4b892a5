import { patchAnthropic, unpatchAnthropic } from "./anthropic.ts";
import { patchMCP, unpatchMCP } from "./mcp.ts";
import { patchOllama } from "./ollama.ts";
import { patchOpenAI, unpatchOpenAI } from "./openai.ts";
import { unpatch } from "./patch.ts";

/** A package whose classes are patched when the application loads it. */
export interface TracedPackage {
  name: string;
  versions: string[];
  /** Files inside of the package instead of its main one, below `dist/cjs` and `dist/esm`. */
  files?: string[];
  patch(module: unknown): void;
  unpatch(module: unknown): void;
}

export const PACKAGES: readonly TracedPackage[] = [
  { name: "openai", versions: [">=5"], patch: patchOpenAI, unpatch: unpatchOpenAI },
  {
    name: "@modelcontextprotocol/sdk",
    versions: [">=1.10"],
    files: ["client/index.js", "server/index.js"],
    patch: patchMCP,
    unpatch: unpatchMCP,
  },
  {
    name: "ollama",
    versions: [">=0.5"],
    patch: patchOllama,
    unpatch: (module) => unpatch((module as { Ollama?: { prototype: unknown } }).Ollama?.prototype),
  },
  { name: "@anthropic-ai/sdk", versions: [">=0.50"], patch: patchAnthropic, unpatch: unpatchAnthropic },
];
