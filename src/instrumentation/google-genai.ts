import { guarded } from "./guard.ts";
import type { ModelRequest } from "./model-call.ts";
import { patch } from "./patch.ts";
import { tracedMethod } from "./plain.ts";

/** Traces `models.generateContent` and `models.generateContentStream` of a GoogleGenAI client and gives the client back; chats go through them. */
export function instrumentGoogleGenAI<T>(client: T): T {
  guarded(() => {
    const { models } = client as unknown as { models?: unknown };
    for (const name of ["generateContent", "generateContentStream"])
      patch(models, name, (method) => tracedMethod(method, (self, args) => requestOf(self ?? models, args, name)));
  });
  return client;
}

function requestOf(self: unknown, [params]: unknown[], name: string): ModelRequest {
  const { model, contents, config } = (params ?? {}) as {
    model?: unknown;
    contents?: unknown;
    config?: Record<string, unknown>;
  };
  const api = (self as { apiClient?: { clientOptions?: { vertexai?: boolean } } } | undefined)?.apiClient
    ?.clientOptions;
  const { tools, temperature, topP, topK, seed, maxOutputTokens, stopSequences, systemInstruction } = config ?? {};
  const system = typeof systemInstruction === "string" ? { system: systemInstruction } : {};
  const history = typeof contents === "string" ? [{ role: "user", parts: [{ text: contents }] }] : contents;
  return {
    provider: api?.vertexai === true ? "gcp.vertex_ai" : "gcp.gemini",
    operation: "generate_content",
    body: {
      model,
      contents: history,
      ...(tools === undefined ? {} : { tools }),
      temperature,
      top_p: topP,
      top_k: topK,
      seed,
      max_output_tokens: maxOutputTokens,
      stop: stopSequences,
      ...system,
      stream: name === "generateContentStream",
    },
    url: null,
  };
}
