import { messagesOf } from "../provider-messages.ts";

/** What LangChain tells of one answer. */
export interface Generation {
  message?: unknown;
  text?: string;
  generationInfo?: Record<string, unknown>;
}

/** The answer in the form of Chat Completions, whoever gave it; calls that did not parse with their text (`invalid_tool_calls`). */
export function answerBody(generation: Generation | undefined): Record<string, unknown> {
  const { response_metadata: about = {}, usage_metadata: usage } = (generation?.message ?? {}) as {
    response_metadata?: Record<string, unknown>;
    usage_metadata?: { input_tokens?: number; output_tokens?: number };
  };
  const info = { ...generation?.generationInfo, ...about };
  const said = messagesOf(plainMessages([generation?.message]))[0];
  const calls = (said?.calls ?? []).map(({ id, name, argumentsRaw }) => ({
    id,
    type: "function",
    function: { name, arguments: argumentsRaw ?? "" },
  }));
  const message = { role: "assistant", content: said?.text ?? generation?.text ?? null, tool_calls: calls };
  return {
    id: info["id"],
    model: info["model_name"] ?? info["model"],
    choices: [{ message, finish_reason: info["finish_reason"] ?? info["stop_reason"] ?? info["finishReason"] }],
    ...(usage === undefined
      ? {}
      : { usage: { prompt_tokens: usage.input_tokens, completion_tokens: usage.output_tokens } }),
  };
}

/** Message objects as the dictionaries that LangChain itself serialises. */
export function plainMessages(messages: readonly unknown[] | undefined): unknown[] {
  return (messages ?? []).map((message) => {
    const { toDict } = (message ?? {}) as { toDict?: () => unknown };
    return typeof toDict === "function" ? Reflect.apply(toDict, message, []) : message;
  });
}
