import { createOpenAI } from "@ai-sdk/openai";
import { OpenTelemetry } from "@ai-sdk/otel";
import { generateText, jsonSchema, stepCountIs, streamText, tool } from "ai";
import { TOOLS, type LabCase } from "./chat-cases.ts";

/** The cases as an application of the AI SDK plays them: same wire, its own reading. */
export async function actWithAiSdk(
  { id, script }: LabCase,
  url: string,
  integrate: (integration: OpenTelemetry) => OpenTelemetry,
): Promise<unknown> {
  const execute = (): string => {
    if (id === "S10") throw new TypeError("Cannot read properties of undefined (reading 'temperature')");
    return "fine";
  };
  const tools = Object.fromEntries(
    TOOLS.map(({ function: { name, description, parameters } }) => [
      name,
      tool({
        description,
        inputSchema: jsonSchema(parameters as never),
        ...(id === "S10" ? { execute } : {}),
      } as never),
    ]),
  );
  const model = createOpenAI({ apiKey: "k", baseURL: `${url}/v1` }).chat("gpt-4.1-mini");
  const options = {
    model,
    tools,
    prompt: "Weather?",
    stopWhen: stepCountIs(2),
    telemetry: { integrations: [integrate(new OpenTelemetry())] },
  };
  if (script[0]?.events === undefined) return generateText(options);
  const { fullStream } = streamText({ ...options, onError: () => {} });
  for await (const part of fullStream) if (id === "S5" && part.type === "text-delta") break;
  return null;
}
