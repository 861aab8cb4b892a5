import type { ModelRequest } from "../model-request.ts";

/** What the AI SDK asks a language model (`doGenerate`, `doStream`; specification 2 to 4), in the words of our readers. */
export function requestOf(
  model: { provider?: unknown; modelId?: unknown },
  options: object,
  stream: boolean,
): ModelRequest {
  const { prompt, tools, toolChoice, maxOutputTokens, temperature, topP, topK, seed, stopSequences } =
    options as Options;
  const { presencePenalty, frequencyPenalty, responseFormat } = options as Options;
  return {
    provider: providerOf(String(model.provider)),
    operation: "chat",
    body: {
      model: model.modelId,
      messages: prompt,
      // The SDK has a choice also where it offers nothing; what is sent has none then.
      ...(Array.isArray(tools) && tools.length > 0 ? { tools, tool_choice: toolChoice } : {}),
      max_tokens: maxOutputTokens,
      temperature,
      top_p: topP,
      top_k: topK,
      seed,
      stop: stopSequences,
      presence_penalty: presencePenalty,
      frequency_penalty: frequencyPenalty,
      ...(responseFormat?.type === "json" ? { response_format: { type: "json_object" } } : {}),
      stream,
    },
    url: null,
  };
}

interface Options extends Record<string, unknown> {
  prompt?: unknown;
  responseFormat?: { type?: unknown };
}

/** `openai.responses`, `amazon-bedrock`: the conventions have names of their own. */
function providerOf(name: string): string {
  return PROVIDERS.find(([start]) => name === start || name.startsWith(`${start}.`))?.[1] ?? name.split(".")[0]!;
}

const PROVIDERS: readonly (readonly [start: string, provider: string])[] = [
  ["google.vertex", "gcp.vertex_ai"],
  ["vertex", "gcp.vertex_ai"],
  ["google", "gcp.gemini"],
  ["azure", "azure.ai.openai"],
  ["azure-openai", "azure.ai.openai"],
  ["amazon-bedrock", "aws.bedrock"],
  ["mistral", "mistral_ai"],
  ["xai", "x_ai"],
  ["moonshotai", "moonshot_ai"],
];
