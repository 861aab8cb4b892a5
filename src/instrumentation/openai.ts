import { guarded } from "./guard.ts";
import { patch, unpatch } from "./patch.ts";
import { tracedRunTools } from "./run-tools.ts";
import { tracedCreate, type Client, type Resource } from "./stainless.ts";

/**
 * Traces an OpenAI client (openai 5 and later, Azure and other compatible endpoints too) and gives it back: Chat and
 * Responses, streamed or not, with the helpers on top of them (`parse`, `stream`, `runTools`).
 *
 *     const client = instrumentOpenAI(new OpenAI());
 */
export function instrumentOpenAI<T>(client: T): T {
  guarded(() => {
    const { chat, responses, withOptions } = client as unknown as OpenAIClient;
    patchChat(chat?.completions);
    patch(responses, "create", (create) => tracedCreate(create as never, RESPONSES));
    if (typeof withOptions === "function")
      patch(
        client,
        "withOptions",
        (original) =>
          function (this: unknown, ...args: unknown[]) {
            return instrumentOpenAI(Reflect.apply(original, this, args));
          },
      );
  });
  return client;
}

/** The same for the classes of the package, so that every client is traced. */
export function patchOpenAI(module: unknown): void {
  const { OpenAI } = module as {
    OpenAI?: { Chat?: { Completions?: { prototype: unknown } }; Responses?: { prototype: unknown } };
  };
  patchChat(OpenAI?.Chat?.Completions?.prototype);
  patch(OpenAI?.Responses?.prototype, "create", (create) => tracedCreate(create as never, RESPONSES));
}

export function unpatchOpenAI(module: unknown): void {
  const { OpenAI } = module as {
    OpenAI?: { Chat?: { Completions?: { prototype: unknown } }; Responses?: { prototype: unknown } };
  };
  for (const target of [OpenAI?.Chat?.Completions?.prototype, OpenAI?.Responses?.prototype]) unpatch(target);
}

interface OpenAIClient {
  chat?: { completions?: unknown };
  responses?: unknown;
  withOptions?: unknown;
}

function patchChat(completions: unknown): void {
  patch(completions, "create", (create) => tracedCreate(create as never, CHAT));
  patch(completions, "runTools", tracedRunTools);
}

const CHAT: Resource = { name: "chat.completions", operation: "chat", provider: providerOf };
const RESPONSES: Resource = { name: "responses", operation: "chat", provider: providerOf };

/** Who answers, by the host: many speak OpenAI's language. */
function providerOf({ baseURL }: Client): string {
  const host = typeof baseURL === "string" && URL.canParse(baseURL) ? new URL(baseURL).hostname : "";
  return HOSTS.find(([end]) => host === end || host.endsWith(`.${end}`))?.[1] ?? "openai";
}

const HOSTS: readonly (readonly [end: string, provider: string])[] = [
  ["openai.azure.com", "azure.ai.openai"],
  ["services.ai.azure.com", "azure.ai.inference"],
  ["groq.com", "groq"],
  ["deepseek.com", "deepseek"],
  ["mistral.ai", "mistral_ai"],
  ["perplexity.ai", "perplexity"],
  ["x.ai", "x_ai"],
  ["moonshot.ai", "moonshot_ai"],
  ["generativelanguage.googleapis.com", "gcp.gemini"],
];
