import OpenAI from "openai";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  configure,
  instrumentOpenAI,
  logContext,
  tool,
  traceAgent,
  traceTool,
} from "../../src/instrumentation/index.ts";
import { BODY, TOOLS } from "./chat-cases.ts";
import { expectNothingSwallowed, expectSpans } from "./expect.ts";
import { answer, chunk, TIME, WEATHER } from "./replies.ts";
import { serve, wait, type Reply } from "./server.ts";
import { causesOf, spansOf, startTracing, type FinishedSpan } from "./tracing.ts";

beforeAll(() => startTracing());
afterEach(() => {
  expectNothingSwallowed();
  configure({ enabled: true, content: true, logger: null, maxText: 32_768 });
});
configure({ enabled: true, content: true });

const CHAT = "chat gpt-4.1-mini";

async function withServer(
  script: readonly Reply[] | ((body: Record<string, unknown>, n: number) => Reply),
  work: (client: OpenAI) => Promise<unknown>,
): Promise<FinishedSpan[]> {
  const server = await serve(script);
  const client = instrumentOpenAI(new OpenAI({ apiKey: "sk-lab", baseURL: `${server.url}/v1`, maxRetries: 0 }));
  const spans = await spansOf(() => work(client));
  await server.close();
  return spans;
}
const swallow = (): void => {};

describe("a run", () => {
  const weather = tool({
    name: "get_weather",
    description: "The weather",
    parameters: TOOLS[0]!.function.parameters,
    execute: ({ city }: { city: string }, _context: { toolCallId?: string }) => `Sunny in ${city}`,
  });
  const ask = async (client: OpenAI, ...messages: unknown[]): Promise<OpenAI.ChatCompletion> =>
    (await client.chat.completions.create({ ...BODY, messages: [...BODY.messages, ...messages] } as never)) as never;

  test("agent, chat, tool and the chat that reads the result hang together", async () => {
    const spans = await withServer([answer([WEATHER]), answer([], "Sunny")], (client) =>
      traceAgent("weather", async () => {
        const first = await ask(client);
        const content = await weather.execute(JSON.parse(WEATHER.args) as { city: string }, { toolCallId: "call_A" });
        return ask(client, first.choices[0]!.message, { role: "tool", tool_call_id: "call_A", content });
      }),
    );
    const agent = spans.find(({ name }) => name === "invoke_agent weather")!;
    const [asked, read] = spans.filter(({ name }) => name === CHAT);
    const execution = spans.find(({ name }) => name === "execute_tool get_weather")!;
    expect(spans).toHaveLength(4);
    for (const span of [asked!, read!, execution])
      expect(span.parentSpanContext?.spanId).toBe(agent.spanContext().spanId);
    expect(execution.attributes).toMatchObject({
      "gen_ai.tool.call.id": "call_A",
      "gen_ai.tool.call.arguments": WEATHER.args,
      "gen_ai.tool.call.result": "Sunny in Paris",
      "misfire.result.form": "string",
      "misfire.batch.id": asked!.spanContext().spanId,
    });
    expect(execution.links.map((link) => link.context.spanId)).toEqual([asked!.spanContext().spanId]);
    expect(read!.links.map((link) => link.context.spanId)).toEqual([execution.spanContext().spanId]);
    expect(causesOf(spans)).toEqual([]);
  });

  test("one of two calls that nobody executes is closed when the run ends", async () => {
    const spans = await withServer([answer([WEATHER, TIME])], (client) =>
      traceAgent("weather", async () => {
        await ask(client);
        weather.execute({ city: "Paris" }, { toolCallId: "call_A" });
      }),
    );
    const left = spans.find(({ name }) => name === "execute_tool get_time");
    expect(left?.attributes).toMatchObject({ "error.type": "not_executed", "gen_ai.tool.call.id": "call_B" });
    expect(causesOf(spans)).toHaveLength(1);
  });

  test("a run that executes nothing at all may use the arguments as its answer: an event, no error", async () => {
    const spans = await withServer([answer([TIME])], (client) => traceAgent("extract", () => ask(client)));
    expectSpans(spans, [
      { name: "invoke_agent extract", status: "unset", events: [{ name: "misfire.call.unexecuted" }] },
      { name: CHAT, status: "unset" },
    ]);
    expect(spans[0]!.events[0]!.attributes).toEqual({
      "gen_ai.tool.name": "get_time",
      "gen_ai.tool.call.id": "call_B",
    });
  });

  test("a broken call that the application answers itself is told, and only once", async () => {
    const broken = { ...WEATHER, args: "{city: Paris}" };
    const spans = await withServer([answer([broken]), answer([], "Sorry")], (client) =>
      traceAgent("weather", async () => {
        const first = await ask(client);
        return ask(client, first.choices[0]!.message, {
          role: "tool",
          tool_call_id: "call_A",
          content: "Those were no JSON.",
        });
      }),
    );
    expect(
      spans
        .filter(({ name }) => name.startsWith("execute_tool"))
        .map(({ attributes }) => [attributes["misfire.stage"], attributes["error.type"]]),
    ).toEqual([["parsed", "invalid_arguments_json"]]);
    expect(causesOf(spans)).toEqual(["arguments/malformed-json"]);
  });

  test("100 in flight on one client stay apart", async () => {
    const script = (body: Record<string, unknown>): Reply => {
      const city = (body["messages"] as { content: string }[])[0]!.content;
      return {
        ...((body["messages"] as unknown[]).length === 1
          ? answer([{ id: "call_1", name: "get_weather", args: JSON.stringify({ city }) }])
          : answer([], city)),
        delay: Math.random() * 20,
      };
    };
    const results: string[] = [];
    const spans = await withServer(script, (client) =>
      Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          traceAgent(`run ${n}`, async () => {
            const question = { role: "user", content: `city ${n}` };
            const first = (await client.chat.completions.create({
              ...BODY,
              messages: [question],
            } as never)) as unknown as OpenAI.ChatCompletion;
            const call = first.choices[0]!.message.tool_calls![0] as unknown as {
              id: string;
              function: { arguments: string };
            };
            await wait(Math.random() * 10);
            const content = await weather.execute(JSON.parse(call.function.arguments) as { city: string }, {
              toolCallId: call.id,
            });
            await client.chat.completions.create({
              ...BODY,
              messages: [question, first.choices[0]!.message, { role: "tool", tool_call_id: call.id, content }],
            } as never);
            results.push(content);
          }),
        ),
      ),
    );
    expect(new Set(results).size).toBe(100);
    expect(spans).toHaveLength(400);
    const byTrace = Map.groupBy(spans, (span) => span.spanContext().traceId);
    expect(byTrace.size).toBe(100);
    for (const trace of byTrace.values()) {
      const n = trace
        .find(({ name }) => name.startsWith("invoke_agent"))!
        .name.split(" ")
        .at(-1);
      expect(trace.find(({ name }) => name.startsWith("execute_tool"))!.attributes["gen_ai.tool.call.arguments"]).toBe(
        `{"city":"city ${n}"}`,
      );
    }
    expect(Math.max(...spans.map(({ attributes }) => Number(attributes["misfire.runs.in_flight"] ?? 0)))).toBe(100);
    expect(causesOf(spans)).toEqual([]);
  });
});

describe("streams", () => {
  const slow: Reply = { events: Array.from({ length: 40 }, () => chunk({ content: "." })), pace: 5 };
  const open = (client: OpenAI, options?: OpenAI.RequestOptions) =>
    client.chat.completions.create({ ...BODY, stream: true } as never, options) as unknown as Promise<
      AsyncIterable<unknown> & {
        tee(): [AsyncIterable<unknown>, AsyncIterable<unknown>];
        toReadableStream(): ReadableStream;
        controller: AbortController;
      }
    >;

  test("abort by signal ends the span as aborted", async () => {
    const controller = new AbortController();
    const spans = await withServer([slow], async (client) => {
      let n = 0;
      for await (const _ of await open(client, { signal: controller.signal })) if (++n === 2) controller.abort();
    });
    expectSpans(spans, [{ name: CHAT, status: "unset", attributes: { "misfire.stream.outcome": "aborted" } }]);
    expect(causesOf(spans)).toEqual([]);
  });

  test("a time-out of the client is an error with its class", async () => {
    const spans = await withServer([{ ...answer([], "late"), delay: 300 }], (client) =>
      client.chat.completions.create(BODY as never, { timeout: 30 }).catch(swallow),
    );
    expectSpans(spans, [
      {
        name: CHAT,
        status: "error",
        attributes: { "error.type": "APIConnectionTimeoutError" },
        events: [{ name: "misfire.attempt_failed" }, { name: "exception" }],
      },
    ]);
    expect(causesOf(spans)).toEqual(["provider/network"]);
  });

  test("both branches of a teed stream get all, and the span is one", async () => {
    const seen = [0, 0];
    const spans = await withServer(
      [{ events: [chunk({ content: "a" }), chunk({ content: "b" }), chunk({}, "stop")] }],
      async (client) => {
        const branches = (await open(client)).tee();
        await Promise.all(
          branches.map(async (branch, n) => {
            for await (const _ of branch) seen[n]!++;
          }),
        );
      },
    );
    expect(seen).toEqual([3, 3]);
    expectSpans(spans, [
      {
        name: CHAT,
        status: "unset",
        attributes: { "misfire.stream.chunks": 3, "gen_ai.response.finish_reasons": ["stop"] },
      },
    ]);
  });

  test("what is not read is not read ahead", async () => {
    const spans = await withServer([slow], async (client) => {
      const reader = (await open(client)).toReadableStream().getReader();
      await reader.read();
      await reader.cancel();
    });
    expectSpans(spans, [{ name: CHAT, status: "unset", attributes: { "misfire.stream.outcome": "returned" } }]);
    expect(spans[0]!.attributes["misfire.stream.chunks"]).toBeLessThan(10);
  });

  test("a raw response is the application's own, and a parsed one keeps its helpers", async () => {
    const spans = await withServer([answer([], "Hello")], async (client) => {
      const response = await client.chat.completions.create(BODY as never).asResponse();
      expect(((await response.json()) as { id: string }).id).toBe("chatcmpl-1");
      const { data, response: raw } = await client.chat.completions.create(BODY as never).withResponse();
      expect([raw.status, (data as OpenAI.ChatCompletion).choices[0]!.message.content]).toEqual([200, "Hello"]);
    });
    expect(spans.map(({ attributes }) => attributes["misfire.stream.outcome"])).toEqual(["raw", undefined]);
  });
});

describe("tools", () => {
  test("a definition stays the same object, an error the same error, a promise settles alike", async () => {
    const error = new RangeError("no such city");
    const definition = { name: "x", execute: async (): Promise<never> => Promise.reject(error) };
    expect(tool(definition)).toBe(definition);
    const spans = await spansOf(() => definition.execute().catch((thrown: unknown) => expect(thrown).toBe(error)));
    expectSpans(spans, [
      {
        name: "execute_tool x",
        status: "error",
        attributes: { "error.type": "RangeError", "misfire.stage": "executed" },
        events: [{ name: "exception" }],
      },
    ]);
    const value = { deep: {} };
    const same = traceTool("y", () => value);
    expect(same()).toBe(value);
    expect(traceTool("y", same)).toBe(same);
    function named(this: unknown, _a: string, _b: object): unknown {
      return this;
    }
    const wrapped = traceTool("z", named);
    expect([wrapped.name, wrapped.length, wrapped.call(value, "", {})]).toEqual(["named", 2, value]);
  });

  test("results that JSON cannot hold are named with the path to the culprit, once", async () => {
    const lines: string[] = [];
    configure({ logger: { warn: (_, message) => void lines.push(message) } });
    const order = traceTool("order", () => ({ order: { total: 12n } }));
    const spans = await spansOf(async () => [order(), order()]);
    expect(lines).toEqual(["the result of order is not JSON-safe: $.order.total is a BigInt"]);
    expect(spans.map(({ events }) => events.length)).toEqual([1, 0]);
  });

  test("a generator is traced while it is read", async () => {
    const count = traceTool("count", async function* () {
      yield 1;
      yield 2;
    });
    const seen: number[] = [];
    const spans = await spansOf(async () => {
      for await (const n of count()) seen.push(n);
    });
    expect(seen).toEqual([1, 2]);
    expectSpans(spans, [{ name: "execute_tool count", status: "unset", attributes: { "misfire.result.parts": 2 } }]);
  });

  test("log lines carry trace, run and call", async () => {
    let fields: Record<string, string> = {};
    const spans = await spansOf(async () =>
      traceAgent("a", () =>
        traceTool("t", (_args: unknown, _context: { toolCallId: string }) => void (fields = logContext()))(
          {},
          { toolCallId: "call_9" },
        ),
      ),
    );
    expect(fields).toMatchObject({ trace_id: spans[0]!.spanContext().traceId, agent: "a", tool_call_id: "call_9" });
  });
});

describe("warnings", () => {
  const warned = (spans: readonly FinishedSpan[]): unknown[] =>
    spans.flatMap(({ events }) =>
      events
        .filter(({ name }) => name === "misfire.warning")
        .map(({ attributes }) => attributes?.["misfire.warning.message"]),
    );

  test("a schema that the provider will refuse, before it does, and once", async () => {
    const tools = [
      {
        type: "function",
        function: { name: "find all", parameters: { type: "object", properties: { tags: { type: "array" } } } },
      },
    ];
    const spans = await withServer([answer([], "Hi")], async (client) => {
      for (const _ of [1, 2]) await client.chat.completions.create({ ...BODY, tools: structuredClone(tools) } as never);
    });
    expect(warned(spans)).toEqual([
      'find all: the name "find all" may hold only letters, digits, _ and -',
      "find all at properties.tags: an array without items",
    ]);
  });

  test("one array of messages that two runs fill at once", async () => {
    const shared: unknown[] = [{ role: "user", content: "Hi" }];
    const spans = await withServer([{ ...answer([], "Hi"), delay: 20 }], (client) => {
      const run = (name: string, first: number) =>
        traceAgent(name, async () => {
          await wait(first);
          const { choices } = (await client.chat.completions.create({
            ...BODY,
            messages: shared,
          } as never)) as unknown as OpenAI.ChatCompletion;
          shared.push(choices[0]!.message);
          await client.chat.completions.create({ ...BODY, messages: shared } as never);
        });
      return Promise.all([run("left", 0), run("right", 10)]);
    });
    expect(warned(spans)).toContain("runs right and left use one array of messages at the same time");
  });

  test("a tool without a function", () => {
    const lines: string[] = [];
    configure({ logger: { warn: (_, message) => void lines.push(message) } });
    tool({ name: "hollow" } as never);
    expect(lines).toEqual(["the tool hollow has no function to run it"]);
  });
});

describe("content", () => {
  test("is off by default: calls by id and name, no words, arguments or results", async () => {
    configure({ content: false });
    const secret = traceTool("get_weather", (_args: unknown, _context: unknown) => "RESULT-WORDS");
    const spans = await withServer(
      [answer([{ ...WEATHER, args: '{"city":"ARGUMENT-WORDS"}' }], "ANSWER-WORDS")],
      async (client) => {
        await client.chat.completions.create({
          ...BODY,
          messages: [{ role: "user", content: "PROMPT-WORDS" }],
        } as never);
        secret({ city: "ARGUMENT-WORDS" }, { toolCallId: "call_A" });
      },
    );
    expect(JSON.stringify(spans.map(({ attributes, events, status }) => [attributes, events, status]))).not.toContain(
      "-WORDS",
    );
    expect(spans[0]!.attributes["gen_ai.output.messages"]).toBe(
      '[{"role":"assistant","parts":[{"type":"tool_call","id":"call_A","name":"get_weather"}],"finish_reason":"tool_calls"}]',
    );
  });

  test("secrets are replaced and long texts cut", async () => {
    configure({ maxText: 200 });
    const leak = traceTool("leak", () => `password: "hunter2hunter2" ${"x".repeat(500)}`);
    const [span] = await spansOf(async () => leak());
    expect(span!.attributes["gen_ai.tool.call.result"]).toMatch(
      /^password: "\[redacted\]" x+\.\.\. \[\d+ more characters\]$/,
    );
  });

  test("off means off", async () => {
    configure({ enabled: false });
    const spans = await withServer([answer([], "Hi")], (client) =>
      traceAgent("a", () => client.chat.completions.create(BODY as never)),
    );
    expect(spans).toEqual([]);
  });
});
