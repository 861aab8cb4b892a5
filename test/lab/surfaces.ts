import Anthropic from "@anthropic-ai/sdk";
import Anthropic0 from "anthropic0";
import fc from "fast-check";
import OpenAI from "openai";
import OpenAI5 from "openai5";
import { instrumentAnthropic, instrumentOpenAI } from "../../src/instrumentation/index.ts";
import { BODY } from "./chat-cases.ts";
import { answer, calls, chunk, head, more, RATE_LIMIT, WEATHER } from "./replies.ts";
import type { Reply } from "./server.ts";

/** A provider's API as the property test plays with it: how it is asked, and what its server may say, right and wrong. */
export interface Surface {
  name: string;
  open(url: string, traced: boolean): unknown;
  create(client: unknown, stream: boolean, options: object): unknown;
  /** A helper of the SDK on top of it, to its end. */
  helper(client: unknown): Promise<unknown>;
  /** Events of a stream; any of them may come in any order. */
  events: fc.Arbitrary<unknown>;
  named: boolean;
  answers: fc.Arbitrary<Reply>;
}

const FAULTS: readonly Reply[] = [
  { status: 500, json: { error: { message: "boom" } } },
  { status: 400, json: { error: { message: "bad", code: "x" } } },
  { status: 200, json: {} },
  { status: 200, json: null },
];

const chat = (name: string, Client: typeof OpenAI): Surface => ({
  name,
  open: (url, traced) => opened(new Client({ apiKey: "k", baseURL: url, maxRetries: 1 }), traced, instrumentOpenAI),
  create: (client, stream, options) =>
    (client as OpenAI).chat.completions.create({ ...BODY, stream } as never, options),
  helper: (client) => (client as OpenAI).chat.completions.parse({ ...BODY, tools: [] } as never, { maxRetries: 0 }),
  events: fc.constantFrom<unknown>(
    chunk({ content: "word" }),
    calls(head(0, WEATHER)),
    calls(more(0, '{"a"')),
    calls(more(1, "1}")),
    chunk({}, "stop"),
    { error: { message: "server blew up" } },
    { odd: true },
  ),
  named: false,
  answers: fc.constantFrom<Reply>(answer([], "Hi"), answer([WEATHER]), RATE_LIMIT, ...FAULTS),
});

const base = { id: "resp_1", object: "response", model: "gpt-4.1", output: [] };
const item = { type: "function_call", id: "fc_1", call_id: "call_A", name: "get_weather", arguments: "" };
const responses: Surface = {
  name: "Responses, openai 7",
  open: (url, traced) => opened(new OpenAI({ apiKey: "k", baseURL: url, maxRetries: 1 }), traced, instrumentOpenAI),
  create: (client, stream, options) =>
    (client as OpenAI).responses.create({ model: "gpt-4.1", input: "Weather?", stream } as never, options),
  helper: (client) => (client as OpenAI).responses.stream({ model: "gpt-4.1", input: "Weather?" }).finalResponse(),
  events: fc.constantFrom<unknown>(
    { type: "response.created", response: { ...base, status: "in_progress" } },
    { type: "response.output_item.added", output_index: 0, item },
    { type: "response.function_call_arguments.delta", output_index: 0, item_id: "fc_1", delta: '{"a"' },
    { type: "response.output_text.delta", output_index: 0, content_index: 0, item_id: "msg_1", delta: "word" },
    { type: "response.completed", response: { ...base, status: "completed", output: [item] } },
    { type: "error", message: "server blew up" },
    { type: "odd" },
  ),
  named: true,
  answers: fc.constantFrom<Reply>(
    { json: { ...base, status: "completed", output: [item] } },
    { json: { ...base, status: "failed", error: { message: "x" } } },
    RATE_LIMIT,
    ...FAULTS,
  ),
};

const message = { id: "msg_1", type: "message", role: "assistant", model: "claude-sonnet-5-5", content: [] };
const usage = { input_tokens: 1, output_tokens: 1 };
const QUESTION = { model: "claude-sonnet-5-5", max_tokens: 9, messages: [{ role: "user", content: "Weather?" }] };
const anthropic = (name: string, Client: typeof Anthropic): Surface => ({
  name,
  open: (url, traced) => opened(new Client({ apiKey: "k", baseURL: url, maxRetries: 1 }), traced, instrumentAnthropic),
  create: (client, stream, options) => (client as Anthropic).messages.create({ ...QUESTION, stream } as never, options),
  helper: (client) => (client as Anthropic).messages.stream(QUESTION as never, { maxRetries: 0 }).finalMessage(),
  events: fc.constantFrom<unknown>(
    { type: "message_start", message: { ...message, stop_reason: null, usage } },
    { type: "content_block_start", index: 0, content_block: { type: "tool_use", id: "toolu_1", name: "x", input: {} } },
    { type: "content_block_delta", index: 0, delta: { type: "input_json_delta", partial_json: '{"a"' } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "word" } },
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 2 } },
    { type: "message_stop" },
    { type: "error", error: { type: "overloaded_error", message: "Overloaded" } },
    { type: "ping" },
  ),
  named: true,
  answers: fc.constantFrom<Reply>(
    { json: { ...message, content: [{ type: "text", text: "Hi" }], stop_reason: "end_turn", usage } },
    { json: { ...message, content: [{ type: "tool_use", id: "toolu_1", name: "x", input: {} }], usage } },
    { status: 529, json: { type: "error", error: { type: "overloaded_error", message: "Overloaded" } } },
    ...FAULTS,
  ),
});

function opened<T>(client: T, traced: boolean, trace: (client: T) => T): T {
  return traced ? trace(client) : client;
}

export const SURFACES: readonly Surface[] = [
  chat("Chat, openai 5", OpenAI5 as never),
  chat("Chat, openai 7", OpenAI),
  responses,
  anthropic("Anthropic 0.60", Anthropic0 as never),
  anthropic("Anthropic 1.14", Anthropic),
];
