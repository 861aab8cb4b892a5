import type { Reply } from "./server.ts";

/** Answers in the form of Chat Completions. */
export interface Call {
  id: string;
  name: string;
  args: string;
}

export const WEATHER: Call = { id: "call_A", name: "get_weather", args: '{"city":"Paris"}' };
export const TIME: Call = { id: "call_B", name: "get_time", args: '{"zone":"CET"}' };

const base = { id: "chatcmpl-1", object: "chat.completion", created: 1, model: "gpt-4.1-mini-2025-04-14" };
const usage = { prompt_tokens: 20, completion_tokens: 7, total_tokens: 27 };

export function answer(calls: readonly Call[], text: string | null = null, finish?: string): Reply {
  const tool_calls = calls.map(({ id, name, args }) => ({ id, type: "function", function: { name, arguments: args } }));
  const message = { role: "assistant", content: text, ...(calls.length > 0 ? { tool_calls } : {}) };
  const finish_reason = finish ?? (calls.length > 0 ? "tool_calls" : "stop");
  return { json: { ...base, choices: [{ index: 0, message, finish_reason, logprobs: null }], usage } };
}

export function chunk(delta: Record<string, unknown>, finish_reason: string | null = null): Record<string, unknown> {
  return { ...base, object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason }] };
}

/** A delta of one call: the head has id and name, what follows only arguments. */
export function head(index: number, { id, name }: Call): Record<string, unknown> {
  return { index, id, type: "function", function: { name, arguments: "" } };
}

export function more(index: number, args: string): Record<string, unknown> {
  return { index, function: { arguments: args } };
}

export function calls(...deltas: Record<string, unknown>[]): Record<string, unknown> {
  return chunk({ tool_calls: deltas });
}

export const END = chunk({}, "tool_calls");
export const USAGE = { ...base, object: "chat.completion.chunk", choices: [], usage };

/** The pieces of some text, three characters each. */
export function pieces(text: string): string[] {
  return text.match(/.{1,3}/gs) ?? [];
}

/** The errors of the API: status, code and words as OpenAI writes them. */
export const BAD_SCHEMA: Reply = {
  status: 400,
  json: {
    error: {
      message:
        "Invalid schema for function 'get_weather': In context=('properties', 'city'), array schema missing items.",
      type: "invalid_request_error",
      param: "tools[0].function.parameters",
      code: "invalid_function_parameters",
    },
  },
};

export const RATE_LIMIT: Reply = {
  status: 429,
  headers: { "retry-after-ms": "5" },
  json: {
    error: {
      message:
        "Rate limit reached for gpt-4.1-mini in organization org-x on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s.",
      type: "requests",
      param: null,
      code: "rate_limit_exceeded",
    },
  },
};
