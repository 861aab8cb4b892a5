import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { pino } from "pino";
import { beforeAll, beforeEach, expect, test } from "vitest";
import {
  configure,
  instrumentAnthropic,
  instrumentOpenAI,
  tool,
  traceAgent,
  traceTool,
} from "../../src/instrumentation/index.ts";
import { answer, WEATHER } from "./replies.ts";
import { serve, wait, type Reply } from "./server.ts";
import { spansOf, startTracing, type FinishedSpan } from "./tracing.ts";

let lines: Record<string, unknown>[] = [];
const logger = pino({}, { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) });

beforeAll(() => {
  startTracing();
});
beforeEach(() => {
  lines = [];
  configure({ content: false, maxResult: 100_000, logger });
});

const warned = (spans: readonly FinishedSpan[]): unknown[] =>
  spans.flatMap(({ name, events }) =>
    events
      .filter((event) => event.name === "misfire.warning")
      .map(({ attributes }) => [name, attributes?.["misfire.warning"], attributes?.["misfire.warning.message"]]),
  );

async function withOpenAI(
  script: readonly Reply[],
  work: (client: OpenAI) => Promise<unknown>,
): Promise<FinishedSpan[]> {
  const server = await serve(script);
  const client = instrumentOpenAI(new OpenAI({ apiKey: "sk-lab", baseURL: `${server.url}/v1`, maxRetries: 0 }));
  const spans = await spansOf(() => work(client));
  await server.close();
  return spans;
}

const runner = (client: OpenAI, name: string, run: () => unknown): Promise<unknown> =>
  client.chat.completions
    .runTools({
      model: "gpt-4.1-mini",
      messages: [{ role: "user", content: "Hi" }],
      tools: [{ type: "function", function: { name, parameters: { type: "object", properties: {} }, function: run } }],
    } as never)
    .finalContent();

test("a result that is not JSON-safe, with the path, as the SDK runs the tool; once", async () => {
  const order = (): unknown => ({ order: { id: 7, lines: [{ total: 12n }] } });
  const call = { ...WEATHER, name: "get_order", args: "{}" };
  const spans = await withOpenAI([answer([call]), answer([{ ...call, id: "call_2" }]), answer([], "Done")], (client) =>
    runner(client, "get_order", order).catch(() => {}),
  );
  const message = "the result of get_order is not JSON-safe: $.order.lines[0].total is a BigInt";
  expect(warned(spans)).toEqual([["execute_tool get_order", "result-not-json", message]]);
  expect(lines).toEqual([
    expect.objectContaining({ level: 40, misfire: "result-not-json", "gen_ai.tool.name": "get_order", msg: message }),
  ]);
});

test("a result that is larger than the limit, and no word of one that is not", async () => {
  configure({ maxResult: 1000 });
  const spans = await withOpenAI(
    [answer([{ ...WEATHER, name: "read_log", args: "{}" }]), answer([], "Done")],
    (client) => runner(client, "read_log", () => "x".repeat(1001)),
  );
  const message = "the result of read_log has 1001 characters, more than 1000";
  expect(warned(spans)).toEqual([["execute_tool read_log", "result-large", message]]);
  const small = traceTool("read_line", () => "x".repeat(1000));
  expect(warned(await spansOf(async () => small()))).toEqual([]);
});

test.each([
  ["undefined", (): unknown => undefined, "$ is undefined"],
  ["a promise inside", (): unknown => ({ rows: [Promise.resolve(1)] }), "$.rows[0] is a Promise that is not awaited"],
  ["a Map", (): unknown => ({ byId: new Map([[1, 2]]) }), "$.byId is a Map"],
])("a result that is lost on the way: %s", async (title, fn, what) => {
  const name = `lost_${title.replaceAll(" ", "_")}`;
  const lost = traceTool(name, fn);
  expect(warned(await spansOf(async () => lost()))).toEqual([
    [`execute_tool ${name}`, "result-not-json", `the result of ${name} is not JSON-safe: ${what}`],
  ]);
});

test("a schema that Anthropic refuses, at the request that sends it, with the cause to look up", async () => {
  const server = await serve([
    { status: 400, json: { type: "error", error: { type: "invalid_request_error", message: "no" } } },
  ]);
  const client = instrumentAnthropic(new Anthropic({ apiKey: "x", baseURL: server.url, maxRetries: 0 }));
  const spans = await spansOf(() =>
    client.messages
      .create({
        model: "claude-sonnet-5",
        max_tokens: 10,
        messages: [{ role: "user", content: "Hi" }],
        tools: [
          { name: "find", input_schema: { type: "object", properties: { "the city": { type: "string" } }, oneOf: [] } },
        ],
      } as never)
      .catch(() => {}),
  );
  await server.close();
  const events = spans.flatMap((span) => span.events.filter(({ name }) => name === "misfire.warning"));
  expect(events.map(({ attributes }) => attributes)).toEqual([
    {
      "misfire.warning": "schema",
      "misfire.warning.message": 'find: names of arguments that are not taken: "the city"',
      "misfire.classifier": "schema/invalid-schema",
      "gen_ai.tool.name": "find",
    },
    expect.objectContaining({ "misfire.warning.message": "find: oneOf at the top level" }),
  ]);
});

test("options of tools without tools", async () => {
  const spans = await withOpenAI([{ status: 400, json: { error: { message: "no" } } }], (client) =>
    client.chat.completions.create({ model: "m", messages: [], tool_choice: "required" } as never).catch(() => {}),
  );
  expect(warned(spans)).toEqual([["chat m", "schema", "tool_choice is set and no tools are offered"]]);
});

test("a tool without a function", () => {
  tool({ name: "hollow_one" } as never);
  tool({ name: "hollow_one" } as never);
  expect(lines.map(({ msg }) => msg)).toEqual(["the tool hollow_one has no function to run it"]);
});

test("one conversation that two runs use at once, and not one after the other", async () => {
  const reply = {
    json: { id: "resp_1", object: "response", status: "completed", output: [], model: "gpt-5" },
    delay: 30,
  };
  const ask = (client: OpenAI, name: string, conversation: string): Promise<unknown> =>
    traceAgent(name, () => client.responses.create({ model: "gpt-5", input: "Hi", conversation }));
  const twice = await withOpenAI([reply], (client) =>
    Promise.all([ask(client, "left", "conv_1"), wait(5).then(() => ask(client, "right", "conv_1"))]),
  );
  expect(warned(twice)).toEqual([
    ["chat gpt-5", "shared-history", "runs left and right use one conversation conv_1 at the same time"],
  ]);
  const after = await withOpenAI([reply], async (client) => {
    await ask(client, "first", "conv_2");
    await ask(client, "second", "conv_2");
  });
  expect(warned(after)).toEqual([]);
});

test("a healthy run is not warned of", async () => {
  const spans = await withOpenAI([answer([WEATHER]), answer([], "Done")], (client) =>
    client.chat.completions
      .runTools({
        model: "gpt-4.1-mini",
        messages: [{ role: "user", content: "Hi" }],
        tools: [
          {
            type: "function",
            function: {
              name: "get_weather",
              strict: true,
              parse: JSON.parse,
              parameters: {
                type: "object",
                properties: { city: { type: "string" } },
                required: ["city"],
                additionalProperties: false,
              },
              function: async () => ({ celsius: 12, at: new Date(0), note: undefined }),
            },
          },
        ],
      } as never)
      .finalContent(),
  );
  expect(warned(spans)).toEqual([]);
  expect(lines).toEqual([]);
});
