import Anthropic from "@anthropic-ai/sdk";
import Anthropic0 from "anthropic0";
import Anthropic1 from "anthropic1";
import OpenAI from "openai";
import OpenAI5 from "openai5";
import OpenAI6 from "openai6";
import { instrumentAnthropic, instrumentOpenAI } from "../../src/instrumentation/index.ts";
import type { Call } from "./replies.ts";
import type { Reply } from "./server.ts";

/** How a provider other than Chat Completions says the same things. */
export interface Wire {
  name: string;
  /** A client of it, not traced. */
  open(url: string): unknown;
  trace(client: unknown): unknown;
  /** Asks once; with `stream` the answer is an async iterable. */
  ask(client: unknown, stream: boolean, more?: More): Promise<unknown>;
  /** Deltas of calls by index, and how the answer ends (null: it does not). */
  stream(
    deltas: readonly (readonly [index: number, call: Call | null, piece: string])[],
    end: "tool_calls" | "length" | null,
  ): unknown[];
  whole(calls: readonly Call[]): Reply;
  text(text: string): Reply;
  refusal: Reply;
  rateLimit: Reply;
  model: string;
}

interface More {
  question?: string;
  /** The history has this call and its result. */
  answered?: { call: Call; result: string };
  /** Of the SDK's request: a signal, a time-out. */
  options?: { signal?: AbortSignal; timeout?: number; maxRetries?: number };
}

const SCHEMA = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const NAMES = ["get_weather", "get_time"];

function responses(name: string, Client: typeof OpenAI): Wire {
  return {
    name,
    model: "gpt-4.1",
    open: (url) => new Client({ apiKey: "sk-lab", baseURL: `${url}/v1` }),
    trace: instrumentOpenAI,
    async ask(client, stream, { question = "Weather?", answered, options } = {}) {
      const tools = NAMES.map((tool) => ({
        type: "function" as const,
        name: tool,
        description: tool,
        parameters: SCHEMA,
        strict: false,
      }));
      const history = answered === undefined ? [] : responsesHistory(answered);
      const input = [{ role: "user" as const, content: question }, ...history];
      return (client as OpenAI).responses.create({ model: "gpt-4.1", input, tools, stream }, options);
    },
    stream(deltas, end) {
      const base = { id: "resp_1", object: "response", model: "gpt-4.1" };
      const output = new Map<number, { type: string; id: string; call_id: string; name: string; arguments: string }>();
      const events: unknown[] = [
        { type: "response.created", response: { ...base, status: "in_progress", output: [] } },
      ];
      for (const [output_index, call, delta] of deltas) {
        if (call !== null) {
          const item = { type: "function_call", id: `fc_${call.id}`, call_id: call.id, name: call.name, arguments: "" };
          output.set(output_index, item);
          events.push({ type: "response.output_item.added", output_index, item: { ...item } });
        }
        const item = output.get(output_index)!;
        item.arguments += delta;
        events.push({ type: "response.function_call_arguments.delta", output_index, item_id: item.id, delta });
      }
      const usage = { input_tokens: 20, output_tokens: 7, total_tokens: 27 };
      const response = { ...base, output: [...output.values()], usage };
      if (end === "tool_calls")
        events.push({ type: "response.completed", response: { ...response, status: "completed" } });
      if (end === "length")
        events.push({
          type: "response.incomplete",
          response: { ...response, status: "incomplete", incomplete_details: { reason: "max_output_tokens" } },
        });
      return events;
    },
    whole: (calls) => ({
      json: {
        id: "resp_1",
        object: "response",
        model: "gpt-4.1",
        status: "completed",
        output: calls.map(({ id, name, args }) => ({
          type: "function_call",
          id: `fc_${id}`,
          call_id: id,
          name,
          arguments: args,
          status: "completed",
        })),
        usage: { input_tokens: 20, output_tokens: 7, total_tokens: 27 },
      },
    }),
    text: (text) => ({
      json: {
        id: "resp_1",
        object: "response",
        model: "gpt-4.1",
        status: "completed",
        output: [
          {
            type: "message",
            id: "msg_1",
            role: "assistant",
            status: "completed",
            content: [{ type: "output_text", text, annotations: [] }],
          },
        ],
        usage: { input_tokens: 20, output_tokens: 7, total_tokens: 27 },
      },
    }),
    refusal: {
      status: 400,
      json: {
        error: {
          message:
            "Invalid schema for function 'get_weather': In context=('properties', 'city'), array schema missing items.",
          type: "invalid_request_error",
          param: "tools[0].parameters",
          code: "invalid_function_parameters",
        },
      },
    },
    rateLimit: {
      status: 429,
      headers: { "retry-after-ms": "5" },
      json: {
        error: {
          message: "Rate limit reached for gpt-4.1",
          type: "requests",
          param: null,
          code: "rate_limit_exceeded",
        },
      },
    },
  };
}

function responsesHistory({ call, result }: { call: Call; result: string }): OpenAI.Responses.ResponseInputItem[] {
  return [
    { type: "function_call", call_id: call.id, name: call.name, arguments: call.args },
    { type: "function_call_output", call_id: call.id, output: result },
  ];
}

const anthropic = (name: string, Client: typeof Anthropic): Wire => ({
  name,
  model: "claude-sonnet-5-5",
  open: (url) => new Client({ apiKey: "sk-lab", baseURL: url }),
  trace: instrumentAnthropic,
  async ask(client, stream, { question = "Weather?", answered, options } = {}) {
    const tools = NAMES.map((tool) => ({ name: tool, description: tool, input_schema: SCHEMA as never }));
    const history = answered === undefined ? [] : anthropicHistory(answered);
    const messages = [{ role: "user" as const, content: question }, ...history];
    const body = { model: "claude-sonnet-5-5", max_tokens: 100, messages, tools, stream };
    return (client as Anthropic).messages.create(body, options);
  },
  stream(deltas, end) {
    const started: number[] = [];
    const events: unknown[] = [
      {
        type: "message_start",
        message: {
          id: "msg_1",
          type: "message",
          role: "assistant",
          model: "claude-sonnet-5-5",
          content: [],
          stop_reason: null,
          usage: { input_tokens: 20, output_tokens: 1 },
        },
      },
    ];
    for (const [index, call, partial_json] of deltas) {
      if (call !== null) {
        started.push(index);
        events.push({
          type: "content_block_start",
          index,
          content_block: { type: "tool_use", id: call.id, name: call.name, input: {} },
        });
      }
      events.push({ type: "content_block_delta", index, delta: { type: "input_json_delta", partial_json } });
    }
    if (end === null) return events;
    events.push(...started.map((index) => ({ type: "content_block_stop", index })));
    return [
      ...events,
      {
        type: "message_delta",
        delta: { stop_reason: end === "length" ? "max_tokens" : "tool_use", stop_sequence: null },
        usage: { output_tokens: 7 },
      },
      { type: "message_stop" },
    ];
  },
  whole: (calls) => ({
    json: {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "claude-sonnet-5-5",
      content: calls.map(({ id, name, args }) => ({ type: "tool_use", id, name, input: JSON.parse(args) as unknown })),
      stop_reason: "tool_use",
      stop_sequence: null,
      usage: { input_tokens: 20, output_tokens: 7 },
    },
  }),
  text: (text) => ({
    json: {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model: "claude-sonnet-5-5",
      content: [{ type: "text", text }],
      stop_reason: "end_turn",
      stop_sequence: null,
      usage: { input_tokens: 20, output_tokens: 7 },
    },
  }),
  refusal: {
    status: 400,
    json: {
      type: "error",
      error: {
        type: "invalid_request_error",
        message: "tools.0.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12",
      },
    },
  },
  rateLimit: {
    status: 429,
    headers: { "retry-after-ms": "5" },
    json: {
      type: "error",
      error: { type: "rate_limit_error", message: "This request would exceed your organization's rate limit" },
    },
  },
});

function anthropicHistory({ call, result }: { call: Call; result: string }): Anthropic.MessageParam[] {
  const { id, name, args } = call;
  return [
    { role: "assistant", content: [{ type: "tool_use", id, name, input: JSON.parse(args) as object }] },
    { role: "user", content: [{ type: "tool_result", tool_use_id: id, content: result }] },
  ];
}

export const WIRES: readonly Wire[] = [
  responses("Responses, openai 5", OpenAI5 as never),
  responses("Responses, openai 6", OpenAI6 as never),
  responses("Responses, openai 7", OpenAI),
  anthropic("Anthropic 0.60", Anthropic0 as never),
  anthropic("Anthropic 1.11", Anthropic1 as never),
  anthropic("Anthropic 1.14", Anthropic),
];
