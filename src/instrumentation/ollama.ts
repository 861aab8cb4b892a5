import { guarded } from "./guard.ts";
import { patch } from "./patch.ts";
import { tracedMethod } from "./plain.ts";

/** Traces `chat` of an Ollama client and gives the client back. */
export function instrumentOllama<T>(client: T): T {
  guarded(() => patchChat(client));
  return client;
}

/** The package exports a client, and its class. */
export function patchOllama(module: unknown): void {
  patchChat((module as { Ollama?: { prototype: unknown } }).Ollama?.prototype);
}

function patchChat(target: unknown): void {
  patch(target, "chat", (chat) =>
    tracedMethod(chat, (self, [body]) => ({
      provider: "ollama",
      operation: "chat",
      body: (body ?? {}) as Record<string, unknown>,
      url: (self as { config?: { host?: string } } | undefined)?.config?.host ?? null,
    })),
  );
}
