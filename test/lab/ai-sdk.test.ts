import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { configure } from "../../src/instrumentation/index.ts";
import { actWithAiSdk, AI_SDKS, ownTelemetry, traced } from "./ai-sdk-acts.ts";
import { CHAT_CASES, type Expected, type LabCase } from "./chat-cases.ts";
import { expectNothingSwallowed, expectSpans } from "./expect.ts";
import { answer, chunk, WEATHER } from "./replies.ts";
import { serve } from "./server.ts";
import { causesOf, spansOf, startTracing, type FinishedSpan } from "./tracing.ts";

const unhandled: unknown[] = [];
const onUnhandled = (error: unknown): void => void unhandled.push(error);

beforeAll(() => {
  startTracing();
  configure({ enabled: true, content: true });
  process.on("unhandledRejection", onUnhandled);
});
afterEach(expectNothingSwallowed);
afterAll(() => void process.off("unhandledRejection", onUnhandled));

const CHAT = "chat gpt-4.1-mini";
const run = (name: string, more: Partial<Expected> = {}): Expected => ({
  name: `invoke_agent ${name}`,
  status: "unset",
  ...more,
});
const handedOver = run("streamText", { attributes: { "misfire.run.outcome": "handed-over" } });
const error = { status: "error", events: [{ name: "exception" }] } as const;
const failedAttempts = (...statuses: number[]): Expected["events"] =>
  statuses.map((status) => ({ name: "misfire.attempt_failed", attributes: { "http.response.status_code": status } }));
/** What the model said in the case of openai's own client: the same wire. */
const said = (id: string): Record<string, unknown> => {
  const { "misfire.stream.chunks": _, ...rest } = CHAT_CASES.find((one) => one.id === id)!.spans[0]!.attributes ?? {};
  return rest;
};
const refused = (name: string, stage: string): Expected => ({
  name: `execute_tool ${name}`,
  status: "error",
  attributes: { "misfire.stage": stage },
});

/** Exactly these spans, in all versions. The SDK goes on after a call that it refused; the script plays the same again. */
const SPANS: Record<string, readonly Expected[]> = {
  S1: [handedOver, { name: CHAT, status: "unset", attributes: said("S1") }],
  S2: [handedOver, { name: CHAT, status: "unset", attributes: said("S2") }],
  S3: [handedOver, { name: CHAT, status: "unset", attributes: said("S3") }],
  S4: [
    run("streamText", error),
    { name: CHAT, ...error, attributes: { "misfire.stream.outcome": "dropped", "error.type": "APICallError" } },
  ],
  S5: [
    run("streamText", { attributes: { "misfire.stream.outcome": "returned" } }),
    { name: CHAT, status: "unset", attributes: { "misfire.stream.outcome": "returned" } },
  ],
  S6: [run("generateText", error), { name: CHAT, status: "error", events: [...failedAttempts(400)!, ...error.events] }],
  S7: [
    run("generateText"),
    { name: CHAT, status: "unset", attributes: { "misfire.retries": 2 }, events: failedAttempts(429, 429)! },
  ],
  S8: [
    run("streamText"),
    ...[1, 2].flatMap((): Expected[] => [{ name: CHAT, status: "unset" }, refused("get_weather", "parsed")]),
  ],
  S9: [
    run("generateText"),
    ...[1, 2].flatMap((): Expected[] => [{ name: CHAT, status: "unset" }, refused("get_wether", "looked-up")]),
  ],
  S10: [
    run("generateText", { attributes: { "misfire.run.tool_calls": 1 } }),
    { name: CHAT, status: "unset" },
    {
      name: "execute_tool get_weather",
      ...error,
      attributes: { "error.type": "TypeError", "misfire.stage": "executed", "gen_ai.tool.call.id": "call_A" },
    },
    { name: CHAT, status: "unset" },
  ],
};

async function play(sdk: (typeof AI_SDKS)[string], one: LabCase): Promise<{ spans: FinishedSpan[]; thrown: unknown }> {
  const server = await serve(one.script);
  let thrown: unknown = null;
  const spans = await spansOf(async () => actWithAiSdk(sdk, one, server.url).catch((each: unknown) => (thrown = each)));
  await server.close();
  return { spans, thrown };
}

describe.each(Object.entries(AI_SDKS))("%s", (name, sdk) => {
  test.each(CHAT_CASES.map((one) => [one.id, one.title, one] as const))(
    "%s: %s",
    async (id, _title, one) => {
      const plain = await play(sdk, one);
      const { spans, thrown } = await play(traced(sdk), one);
      expect(plain.spans).toEqual([]);
      expect(String(thrown)).toBe(String(plain.thrown));
      expectSpans(spans, SPANS[id]!);
      expect(unhandled).toEqual([]);
      expect(causesOf(spans)).toEqual(one.cause === null ? [] : [one.cause]);
    },
    20_000,
  );

  test("an agent is a run, and its tools are told with their ids", async () => {
    const server = await serve([answer([WEATHER]), answer([], "Sunny")]);
    const { ai } = traced(sdk);
    const Agent = name === "AI SDK 5" ? ai.Experimental_Agent : ai.ToolLoopAgent;
    const model = sdk.createOpenAI({ apiKey: "k", baseURL: `${server.url}/v1` }).chat("gpt-4.1-mini");
    const weather = ai.tool({
      inputSchema: ai.jsonSchema<{ city: string }>({ type: "object", properties: { city: { type: "string" } } }),
      execute: ({ city }) => `Sunny in ${city}`,
    });
    const agent = new Agent({ model, tools: { get_weather: weather }, stopWhen: ai.stepCountIs(3) });
    const spans = await spansOf(async () => expect((await agent.generate({ prompt: "Weather?" })).text).toBe("Sunny"));
    await server.close();
    expectSpans(spans, [
      run("generateText"),
      { name: CHAT, status: "unset" },
      {
        name: "execute_tool get_weather",
        status: "unset",
        attributes: { "gen_ai.tool.call.id": "call_A", "gen_ai.tool.call.result": "Sunny in Paris" },
      },
      { name: CHAT, status: "unset" },
    ]);
    expect(causesOf(spans)).toEqual([]);
  });

  test("an abort by signal", async () => {
    const events = Array.from({ length: 9 }, () => chunk({ content: "word " }));
    const server = await serve([{ events, close: "hang" }]);
    const { ai } = traced(sdk);
    const model = sdk.createOpenAI({ apiKey: "k", baseURL: `${server.url}/v1` }).chat("gpt-4.1-mini");
    const controller = new AbortController();
    const spans = await spansOf(async () => {
      const options = { model, prompt: "Weather?", abortSignal: controller.signal, onError: () => {} };
      let n = 0;
      for await (const part of ai.streamText(options).fullStream)
        if (part.type === "text-delta" && ++n === 2) controller.abort();
    });
    await server.close();
    expectSpans(spans, [
      run("streamText"),
      { name: CHAT, status: "unset", attributes: { "misfire.stream.outcome": "aborted" } },
    ]);
    expect(causesOf(spans)).toEqual([]);
    expect(unhandled).toEqual([]);
  });

  test("100 runs in flight stay apart", async () => {
    const server = await serve((body, n) => {
      const city = /city \d+/.exec(JSON.stringify(body))![0];
      const isAnswered = JSON.stringify(body).includes("Sunny in");
      const call = { id: "call_1", name: "get_weather", args: JSON.stringify({ city }) };
      return { ...(isAnswered ? answer([], city) : answer([call])), delay: n % 7 };
    });
    const { ai } = traced(sdk);
    const model = sdk.createOpenAI({ apiKey: "k", baseURL: `${server.url}/v1` }).chat("gpt-4.1-mini");
    const weather = ai.tool({
      inputSchema: ai.jsonSchema<{ city: string }>({ type: "object", properties: { city: { type: "string" } } }),
      execute: ({ city }) => `Sunny in ${city}`,
    });
    const texts: string[] = [];
    const spans = await spansOf(() =>
      Promise.all(
        Array.from({ length: 100 }, async (_, n) => {
          const options = { model, tools: { get_weather: weather }, prompt: `city ${n}`, stopWhen: ai.stepCountIs(3) };
          texts.push((await ai.generateText(options)).text);
        }),
      ),
    );
    await server.close();
    expect(new Set(texts).size).toBe(100);
    expect(spans).toHaveLength(400);
    for (const trace of Map.groupBy(spans, (span) => span.spanContext().traceId).values()) {
      const [, asked, tool, read] = trace;
      expect(JSON.stringify(asked!.attributes["gen_ai.input.messages"])).toContain(
        JSON.parse(String(tool!.attributes["gen_ai.tool.call.arguments"])).city,
      );
      expect(read!.links.map(({ context }) => context.spanId)).toEqual([tool!.spanContext().spanId]);
    }
    expect(causesOf(spans)).toEqual([]);
  }, 30_000);
});

describe.each(["AI SDK 5", "AI SDK 6", "AI SDK 7"])("%s with its own telemetry", (name) => {
  test.each(CHAT_CASES.map((one) => [one.id, one.title, one] as const))(
    "%s: %s",
    async (id, _title, one) => {
      const { spans } = await play(traced(ownTelemetry(name)), one);
      const names = spans.map((span) => span.name);
      const how = one.script[0]?.events === undefined ? "generateText" : "streamText";
      const top = name === "AI SDK 7" ? ["invoke_agent gpt-4.1-mini", "step 1", CHAT] : [`ai.${how}`];
      expect(names.slice(0, top.length)).toEqual(top);
      expect(names.filter((each) => each.startsWith(`invoke_agent ${how}`))).toEqual([]);
      if (id === "S5") expect(new Set(spans.map(outcomeOf))).toEqual(new Set(["returned"]));
      const steps = names.filter((each) => each.startsWith("step") || /\.do(?:Generate|Stream)$/.test(each)).length;
      const tools = names.filter((each) => each.startsWith("execute_tool") || each === "ai.toolCall");
      expect(tools).toHaveLength({ S8: steps, S9: steps, S10: 1 }[id] ?? 0);
      expect(unhandled).toEqual([]);
      // 5 and 6 have a span for each attempt: it is told, as one that a later one made good.
      const isTold = id === "S7" && name !== "AI SDK 7";
      expect(causesOf(spans)).toEqual(isTold ? ["provider/rate-limited"] : one.cause === null ? [] : [one.cause]);
    },
    20_000,
  );
});

function outcomeOf({ attributes }: FinishedSpan): unknown {
  return attributes["misfire.stream.outcome"];
}
