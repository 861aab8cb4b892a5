import Anthropic from "@anthropic-ai/sdk";
import { configure, instrumentAnthropic, instrumentOpenAI } from "../src/instrumentation/index.ts";
import { AI_SDKS, ownTelemetry, traced, type AiSdk } from "../test/lab/ai-sdk-acts.ts";
import { BODY, type ChatClient } from "../test/lab/chat-cases.ts";
import { clientOf, patchedClient } from "../test/lab/others.ts";
import { answer, calls, chunk, head, more, WEATHER } from "../test/lab/replies.ts";

/** One call, and one stream of CHUNKS pieces, over a `fetch` that answers at once. */
export interface Subject {
  call(): Promise<unknown>;
  stream(): Promise<unknown>;
}

export const CHUNKS = 250;

/** By SDK, the plain one first: what is told of the others is how much more they cost. */
export const SUBJECTS: Record<string, Record<string, () => Subject>> = {
  "openai 6": {
    none: () => chat(clientOf("openai6")),
    misfire: () => chat(clientOf("openai6", instrumentOpenAI)),
    "misfire with content": () => withContent(() => chat(clientOf("openai6", instrumentOpenAI))),
    contrib: () => chat(patchedClient("@opentelemetry/instrumentation-openai")),
    OpenInference: () => chat(patchedClient("@arizeai/openinference-instrumentation-openai")),
    Traceloop: () => chat(patchedClient("@traceloop/instrumentation-openai")),
  },
  "Anthropic 1.14": {
    "its own spans": () => anthropic((client) => client),
    misfire: () => anthropic(instrumentAnthropic),
    "misfire with content": () => withContent(() => anthropic(instrumentAnthropic)),
  },
  "AI SDK 7": {
    none: () => aiSdk(AI_SDKS["AI SDK 7"]!),
    misfire: () => aiSdk(traced(AI_SDKS["AI SDK 7"]!)),
    "misfire with content": () => withContent(() => aiSdk(traced(AI_SDKS["AI SDK 7"]!))),
    "its telemetry": () => aiSdk(ownTelemetry("AI SDK 7")),
    "its telemetry + misfire": () => aiSdk(traced(ownTelemetry("AI SDK 7"))),
  },
};

function withContent(open: () => Subject): Subject {
  configure({ content: true });
  return open();
}

const CHAT_WHOLE = JSON.stringify(answer([WEATHER]).json);
const CHAT_EVENTS = sse([
  calls(head(0, WEATHER)),
  ...Array.from({ length: CHUNKS - 2 }, () => calls(more(0, " "))),
  chunk({}, "tool_calls"),
]);

function chat(open: (url: string, options: object) => ChatClient): Subject {
  const client = open("http://127.0.0.1:9", { fetch: answering(CHAT_WHOLE, CHAT_EVENTS) });
  return {
    call: async () => client.chat.completions.create(BODY),
    async stream() {
      const events = await client.chat.completions.create({ ...BODY, stream: true });
      for await (const _ of events as AsyncIterable<unknown>);
    },
  };
}

function aiSdk({ ai, createOpenAI, telemetry = () => ({}) }: AiSdk): Subject {
  const fetch = answering(JSON.stringify(answer([], "Sunny").json), sse(TEXT));
  const model = createOpenAI({ apiKey: "k", baseURL: "http://127.0.0.1:9/v1", fetch: fetch as never }).chat(
    "gpt-4.1-mini",
  );
  const options = { model, prompt: "Weather?" };
  return {
    call: async () => ai.generateText({ ...options, ...telemetry() }),
    async stream() {
      for await (const _ of ai.streamText({ ...options, ...telemetry() }).textStream);
    },
  };
}

const TEXT = [...Array.from({ length: CHUNKS - 1 }, () => chunk({ content: "word " })), chunk({}, "stop")];

function anthropic(wrap: (client: Anthropic) => Anthropic): Subject {
  const message = { id: "m", type: "message", role: "assistant", model: "c", content: [], stop_reason: null };
  const usage = { input_tokens: 1, output_tokens: 1 };
  const block = { type: "tool_use", id: "toolu_1", name: "get_weather", input: {} };
  const delta = { type: "content_block_delta", index: 0, delta: { type: "input_json_delta", partial_json: " " } };
  const events = sse([
    { type: "message_start", message: { ...message, usage } },
    { type: "content_block_start", index: 0, content_block: block },
    ...Array.from({ length: CHUNKS - 5 }, () => delta),
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason: "tool_use" }, usage },
    { type: "message_stop" },
  ]);
  const whole = JSON.stringify({ ...message, content: [block], stop_reason: "tool_use", usage });
  const client = wrap(new Anthropic({ apiKey: "k", fetch: answering(whole, events) as never }));
  const body = {
    model: "claude-sonnet-5-5",
    max_tokens: 9,
    messages: [{ role: "user" as const, content: "Weather?" }],
    tools: [{ name: "get_weather", input_schema: { type: "object" as const } }],
  };
  return {
    call: async () => client.messages.create(body),
    async stream() {
      for await (const _ of await client.messages.create({ ...body, stream: true }));
    },
  };
}

function sse(events: readonly object[]): Uint8Array {
  const named = events.map((event) => {
    const name = "type" in event ? `event: ${String(event.type)}\n` : "";
    return `${name}data: ${JSON.stringify(event)}\n\n`;
  });
  return new TextEncoder().encode(`${named.join("")}${"type" in events[0]! ? "" : "data: [DONE]\n\n"}`);
}

function answering(whole: string, events: Uint8Array): (url: string, init: { body: string }) => Promise<Response> {
  return async (_, { body }) =>
    body.includes('"stream":true')
      ? new Response(events as never, { headers: { "content-type": "text/event-stream" } })
      : new Response(whole, { headers: { "content-type": "application/json" } });
}
