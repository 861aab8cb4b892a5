import { createOpenAI as createOpenAI7 } from "@ai-sdk/openai";
import { OpenTelemetry } from "@ai-sdk/otel";
import * as ai7 from "ai";
import { createOpenAI as createOpenAI5 } from "ai-sdk-openai2";
import { createOpenAI as createOpenAI6 } from "ai-sdk-openai3";
import * as ai5 from "ai5";
import * as ai6 from "ai6";
import { instrumentAISDK } from "../../src/instrumentation/index.ts";
import { TOOLS, type LabCase } from "./chat-cases.ts";

/** A major version of the AI SDK, traced or not. Its types differ too much for one. */
export interface AiSdk {
  ai: typeof ai7;
  createOpenAI: typeof createOpenAI7;
  /** Options that switch its own telemetry on. */
  telemetry?: () => object;
}

export const AI_SDKS = {
  "AI SDK 5": { ai: ai5, createOpenAI: createOpenAI5 },
  "AI SDK 6": { ai: ai6, createOpenAI: createOpenAI6 },
  "AI SDK 7": { ai: ai7, createOpenAI: createOpenAI7 },
} as unknown as Record<string, AiSdk>;

/** With the SDK's own telemetry and nothing else. */
export function ownTelemetry(name: string): AiSdk {
  const telemetry =
    name === "AI SDK 7"
      ? () => ({ telemetry: { integrations: [new OpenTelemetry()] } })
      : () => ({ experimental_telemetry: { isEnabled: true } });
  return { ...AI_SDKS[name]!, telemetry };
}

/** Our spans in place of its own, or its own completed by ours. */
export function traced(sdk: AiSdk): AiSdk {
  return { ...sdk, ai: instrumentAISDK(sdk.ai) };
}

/** The cases as an application of the AI SDK plays them: same wire, its own reading. */
export async function actWithAiSdk(
  { ai, createOpenAI, telemetry = () => ({}) }: AiSdk,
  { id, script }: LabCase,
  url: string,
): Promise<unknown> {
  const execute = (): string => {
    if (id === "S10") throw new TypeError("Cannot read properties of undefined (reading 'temperature')");
    return "fine";
  };
  const tools = Object.fromEntries(
    TOOLS.map(({ function: { name, description, parameters } }) => [
      name,
      ai.tool({
        description,
        inputSchema: ai.jsonSchema(parameters as never),
        ...(id === "S10" ? { execute } : {}),
      } as never),
    ]),
  );
  const options = {
    model: createOpenAI({ apiKey: "k", baseURL: `${url}/v1` }).chat("gpt-4.1-mini"),
    tools,
    prompt: "Weather?",
    stopWhen: ai.stepCountIs(2),
    ...telemetry(),
  };
  if (script[0]?.events === undefined) return ai.generateText(options);
  const { fullStream } = ai.streamText({ ...options, onError: () => {} });
  for await (const part of fullStream) if (id === "S5" && part.type === "text-delta") break;
  return null;
}
