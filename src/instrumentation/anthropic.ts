import { guarded } from "./guard.ts";
import { inPlaceOf } from "./in-place-of.ts";
import { patch, unpatch } from "./patch.ts";
import { tracedToolRunner } from "./tool-runner.ts";
import { tracedCreate, type Client, type Resource } from "./stainless.ts";

/**
 * Traces an Anthropic client and gives it back: `messages.create` and `beta.messages.create`, streamed or not, with
 * `stream`, `parse` and the tool runner on top of them.
 */
export function instrumentAnthropic<T>(client: T): T {
  guarded(() => {
    const { messages, beta, withOptions } = client as unknown as {
      messages?: unknown;
      beta?: { messages?: unknown };
      withOptions?: unknown;
    };
    patchMessages(messages);
    patchMessages(beta?.messages);
    if (typeof withOptions === "function")
      patch(
        client,
        "withOptions",
        (original) =>
          function (this: unknown, ...args: unknown[]) {
            return instrumentAnthropic(Reflect.apply(original, this, args));
          },
      );
  });
  return client;
}

interface Module {
  Anthropic?: { Messages?: { prototype: unknown }; Beta?: { Messages?: { prototype: unknown } } };
}

export function patchAnthropic(module: unknown): void {
  const { Anthropic } = module as Module;
  patchMessages(Anthropic?.Messages?.prototype);
  patchMessages(Anthropic?.Beta?.Messages?.prototype);
}

export function unpatchAnthropic(module: unknown): void {
  const { Anthropic } = module as Module;
  unpatch(Anthropic?.Messages?.prototype);
  unpatch(Anthropic?.Beta?.Messages?.prototype);
}

function patchMessages(messages: unknown): void {
  patch(messages, "create", (create) => {
    const traced = tracedCreate(create as never, MESSAGES);
    return function (this: { _client?: Client }, ...args: unknown[]): unknown {
      return inPlaceOf(this?._client, () => Reflect.apply(traced, this, args));
    };
  });
  patch(messages, "toolRunner", tracedToolRunner);
}

const MESSAGES: Resource = {
  name: "messages",
  operation: "chat",
  provider: ({ baseURL }) =>
    typeof baseURL === "string" && baseURL.includes("amazonaws.com") ? "aws.bedrock" : "anthropic",
};
