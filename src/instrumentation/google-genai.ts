import { guarded } from "./guard.ts";
import type { ModelRequest } from "./model-request.ts";
import { patch } from "./patch.ts";
import { tracedMethod } from "./plain.ts";

/** Traces `models.generateContent` and `models.generateContentStream` of a GoogleGenAI client and gives the client back; chats go through them. */
export function instrumentGoogleGenAI<T>(client: T): T {
  guarded(() => patchModels((client as unknown as { models?: unknown }).models));
  return client;
}

/** Every client makes its own `models`, with methods of its own: they are seen as the constructor sets them. */
export function patchGoogleGenAI(module: unknown): void {
  const prototype = (module as { GoogleGenAI?: { prototype: object } }).GoogleGenAI?.prototype;
  if (prototype === undefined || Object.hasOwn(prototype, "models")) return;
  Object.defineProperty(prototype, "models", {
    configurable: true,
    set(this: object, models: unknown) {
      guarded(() => patchModels(models));
      Object.defineProperty(this, "models", { value: models, configurable: true, enumerable: true, writable: true });
    },
  });
}

export function unpatchGoogleGenAI(module: unknown): void {
  const prototype = (module as { GoogleGenAI?: { prototype: { models?: unknown } } }).GoogleGenAI?.prototype;
  if (prototype !== undefined) delete prototype.models;
}

function patchModels(models: unknown): void {
  for (const name of ["generateContent", "generateContentStream"])
    patch(models, name, (method) => tracedMethod(method, (self, args) => requestOf(self ?? models, args, name)));
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
