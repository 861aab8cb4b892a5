import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { assembleEvents, assembler } from "./assemble.ts";
import { eventsOf } from "./sse.ts";

const chunk = (delta: object, finish_reason: string | null = null): object => ({
  object: "chat.completion.chunk",
  model: "m",
  choices: [{ index: 0, delta, finish_reason }],
});
const call = (index: number | undefined, id: string | null, name: string | null, args: string): object =>
  chunk({
    tool_calls: [
      {
        ...(index === undefined ? {} : { index }),
        ...(id === null ? {} : { id }),
        function: { ...(name === null ? {} : { name }), arguments: args },
      },
    ],
  });
const done = chunk({}, "tool_calls");
const OSLO = { id: "call_a", name: "get_weather", argumentsRaw: '{"city": "Oslo"}' };
const LIMA = { id: "call_b", name: "get_weather", argumentsRaw: '{"city": "Lima"}' };

describe("OpenAI Chat deltas", () => {
  test("text and parallel calls under their own indexes", () => {
    const events = [
      chunk({ role: "assistant", content: "Let me " }),
      chunk({ content: "look." }),
      call(0, "call_a", "get_weather", ""),
      call(0, null, null, '{"city": '),
      call(1, "call_b", "get_weather", '{"city": "Lima"}'),
      call(0, null, null, '"Oslo"}'),
      done,
      { choices: [], usage: {} },
    ];
    expect(assembleEvents(events)).toEqual({
      model: "m",
      message: { role: "assistant", text: "Let me look.", calls: [OSLO, LIMA], results: [] },
      finishReason: "tool_calls",
      complete: true,
      error: null,
      faults: [],
    });
  });

  test.each<[string, object[], string[]]>([
    [
      "a new id under a known index",
      [
        call(0, "call_a", "get_weather", '{"city": "Oslo"}'),
        call(0, "call_b", "get_weather", '{"city": '),
        call(0, null, null, '"Lima"}'),
      ],
      ["shared-index"],
    ],
    [
      "a name after whole arguments",
      [call(0, "call_a", "get_weather", '{"city": "Oslo"}'), call(0, null, "get_weather", '{"city": "Lima"}')],
      ["shared-index", "no-id"],
    ],
    [
      "no index at all",
      [
        call(undefined, "call_a", "get_weather", '{"city": "Oslo"}'),
        call(undefined, "call_b", "get_weather", '{"city": '),
        call(undefined, null, null, '"Lima"}'),
      ],
      [],
    ],
  ])("two calls: %s", (_name, events, faults) => {
    const { message, ...rest } = assembleEvents([...events, done]);
    expect(message.calls.map(({ argumentsRaw }) => argumentsRaw)).toEqual([OSLO.argumentsRaw, LIMA.argumentsRaw]);
    expect(message.calls.map(({ name }) => name)).toEqual(["get_weather", "get_weather"]);
    expect(rest.faults).toEqual(faults);
  });

  test("a server that repeats id and name with every delta sends one call", () => {
    expect(
      assembleEvents([call(0, "call_a", "get_weather", '{"city"'), call(0, "call_a", "get_weather", ': "Oslo"}'), done])
        .message.calls,
    ).toEqual([OSLO]);
  });

  test("a stream that ends inside a call is not complete", () => {
    expect(assembleEvents([call(0, "call_a", "get_weather", '{"city": "Os')])).toMatchObject({
      complete: false,
      finishReason: null,
      faults: ["unfinished-call"],
      message: { calls: [{ argumentsRaw: '{"city": "Os' }] },
    });
  });

  test("an error in place of an event", () => {
    expect(assembleEvents([chunk({ content: "a" }), { error: { message: "overloaded", code: "503" } }])).toMatchObject({
      error: { message: "overloaded", code: "503" },
      complete: false,
    });
  });
});

test("Responses: from the whole answer at the end, or from the deltas when it never comes", () => {
  const item = { type: "function_call", id: "fc_1", call_id: "call_a", name: "get_weather", arguments: "" };
  const events = [
    { type: "response.created", response: { model: "m" } },
    { type: "response.output_item.added", output_index: 0, item },
    { type: "response.function_call_arguments.delta", output_index: 0, delta: '{"city": ' },
    { type: "response.function_call_arguments.delta", output_index: 0, delta: '"Oslo"}' },
    { type: "response.function_call_arguments.done", output_index: 0, arguments: OSLO.argumentsRaw },
  ];
  expect(assembleEvents(events)).toMatchObject({ model: "m", complete: false, message: { calls: [OSLO] } });
  const end = {
    type: "response.completed",
    response: { status: "completed", output: [{ ...item, arguments: OSLO.argumentsRaw }] },
  };
  expect(assembleEvents([...events, end])).toMatchObject({
    complete: true,
    finishReason: "tool_calls",
    message: { calls: [OSLO] },
    faults: [],
  });
  expect(
    assembleEvents([
      ...events,
      { type: "response.failed", response: { error: { message: "m", code: "server_error" } } },
    ]),
  ).toMatchObject({ complete: false, error: { code: "server_error" } });
});

test("Anthropic: blocks, a call without arguments, an error", () => {
  const events = [
    { type: "message_start", message: { model: "claude" } },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hm." } },
    {
      type: "content_block_start",
      index: 1,
      content_block: { type: "tool_use", id: "call_a", name: "get_weather", input: {} },
    },
    { type: "content_block_delta", index: 1, delta: { type: "input_json_delta", partial_json: '{"city": "Oslo"}' } },
    {
      type: "content_block_start",
      index: 2,
      content_block: { type: "tool_use", id: "call_c", name: "now", input: {} },
    },
    { type: "message_delta", delta: { stop_reason: "tool_use" } },
    { type: "message_stop" },
  ];
  expect(assembleEvents(events)).toMatchObject({
    model: "claude",
    finishReason: "tool_calls",
    complete: true,
    faults: [],
    message: { text: "Hm.", calls: [OSLO, { id: "call_c", name: "now", argumentsRaw: "{}" }] },
  });
  expect(
    assembleEvents([
      ...events.slice(0, 4),
      { type: "error", error: { type: "overloaded_error", message: "Overloaded" } },
    ]),
  ).toMatchObject({ complete: false, error: { type: "overloaded_error" } });
});

test("Gemini, Ollama and Bedrock", () => {
  const gemini = [
    { candidates: [{ content: { parts: [{ text: "a" }] } }], modelVersion: "g" },
    { candidates: [{ content: { parts: [{ functionCall: { name: "f", args: { a: 1 } } }] }, finishReason: "STOP" }] },
  ];
  expect(assembleEvents(gemini)).toMatchObject({
    model: "g",
    complete: true,
    finishReason: "stop",
    message: { text: "a", calls: [{ name: "f", argumentsRaw: '{"a":1}' }] },
  });
  const ollama = [
    { model: "o", message: { content: "a" }, done: false },
    {
      model: "o",
      message: { content: "", tool_calls: [{ function: { name: "f", arguments: {} } }] },
      done: true,
      done_reason: "stop",
    },
  ];
  expect(assembleEvents(ollama)).toMatchObject({
    model: "o",
    complete: true,
    message: { text: "a", calls: [{ name: "f", argumentsRaw: "{}" }] },
  });
  const bedrock = [
    { messageStart: { role: "assistant" } },
    { contentBlockStart: { contentBlockIndex: 0, start: { toolUse: { toolUseId: "call_a", name: "get_weather" } } } },
    { contentBlockDelta: { contentBlockIndex: 0, delta: { toolUse: { input: OSLO.argumentsRaw } } } },
    { messageStop: { stopReason: "tool_use" } },
  ];
  expect(assembleEvents(bedrock)).toMatchObject({
    complete: true,
    finishReason: "tool_calls",
    message: { calls: [OSLO] },
  });
});

test("real streams: parallel calls under one index come apart", () => {
  const events = (name: string): unknown[][] =>
    readFileSync(new URL(`../../../test/captures/${name}/requests.jsonl`, import.meta.url), "utf8")
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { events?: unknown[] }).events ?? []);
  const merged = assembleEvents(events("autogen@0.7.5/weather-merged-stream+native")[0] ?? []);
  expect(merged.message.calls.map(({ id, name }) => `${id} ${name}`)).toEqual([
    "call_m1 get_forecast",
    "call_m2 get_forecast",
  ]);
  expect(merged.faults).toEqual(["shared-index"]);
  expect(assembleEvents(events("openai-agents@0.24.0/silent-stream-cut")[0] ?? [])).toMatchObject({
    complete: false,
    faults: ["unfinished-call"],
  });
});

test("any events: no throw, bounded", () => {
  for (const events of [
    [],
    [null, 7, "x"],
    [{}],
    [{ choices: null }],
    [{ choices: [null] }],
    [{ choices: [{ delta: { tool_calls: [null, {}, { index: -1 }, { index: 1e9, function: 3 }] } }] }],
    [{ type: "response." }],
    [{ type: "message_start", message: null }],
  ]) {
    expect(assembleEvents(events).message.role).toBe("assistant");
  }
  const stream = assembler();
  for (let i = 0; i < 5000; i++) stream.push(call(i, `c${i}`, "f", "{}"));
  expect(stream.result().message.calls).toHaveLength(1024);
});

test("bodies of streams: server-sent events, lines, neither", () => {
  expect(eventsOf('event: x\ndata: {"a":1}\n\ndata: {"b":\ndata: 2}\n\n: comment\ndata: [DONE]\n\n')).toEqual([
    { a: 1 },
    { b: 2 },
  ]);
  expect(eventsOf('{"a":1}\n{"b":2}\n')).toEqual([{ a: 1 }, { b: 2 }]);
  expect(eventsOf('{"a":1}')).toBeNull();
  expect(eventsOf("<html>")).toBeNull();
});
