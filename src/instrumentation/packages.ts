import { patchAnthropic, unpatchAnthropic } from "./anthropic.ts";
import { patchOpenAI, unpatchOpenAI } from "./openai.ts";

/** A package whose classes are patched when the application loads it. */
export interface TracedPackage {
  name: string;
  versions: string[];
  patch(module: unknown): void;
  unpatch(module: unknown): void;
}

export const PACKAGES: readonly TracedPackage[] = [
  { name: "openai", versions: [">=5"], patch: patchOpenAI, unpatch: unpatchOpenAI },
  { name: "@anthropic-ai/sdk", versions: [">=0.50"], patch: patchAnthropic, unpatch: unpatchAnthropic },
];
