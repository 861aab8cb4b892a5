import * as manager from "@langchain/core/callbacks/manager";
import * as chatModels from "@langchain/core/language_models/chat_models";
import { tool } from "@langchain/core/tools";
import { interrupt, MemorySaver } from "@langchain/langgraph";
import { createReactAgent } from "@langchain/langgraph/prebuilt";
import { ChatOpenAI } from "@langchain/openai";
import OpenAI from "openai";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { configure } from "../../src/instrumentation/index.ts";
import { patchLangChain, unpatchLangChain } from "../../src/instrumentation/langchain-patch.ts";
import { patchOpenAI, unpatchOpenAI } from "../../src/instrumentation/openai.ts";
import { expectNothingSwallowed, expectSpans } from "./expect.ts";
import { answer, calls, chunk, END, head, more, WEATHER } from "./replies.ts";
import { serve, type Reply } from "./server.ts";
import { causesOf, spansOf, startTracing, type FinishedSpan } from "./tracing.ts";

/** As the preload has it: LangChain and the client below it are both traced. */
beforeAll(() => {
  startTracing();
  configure({ enabled: true, content: true });
  for (const module of [manager, chatModels]) patchLangChain(module);
  patchOpenAI({ OpenAI });
});
afterEach(expectNothingSwallowed);
afterAll(() => {
  for (const module of [manager, chatModels]) unpatchLangChain(module);
  unpatchOpenAI({ OpenAI });
});

const schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] } as const;
const CHAT = { name: "chat gpt-4.1-mini", status: "unset" } as const;
const AGENT = { name: "invoke_agent weather", status: "unset" } as const;

async function played(
  script: readonly Reply[],
  lookUp: (args: { city: string }) => string,
  work: (agent: ReturnType<typeof createReactAgent>) => Promise<unknown> = (agent) =>
    agent.invoke({ messages: [{ role: "user", content: "Weather?" }] }, { configurable: { thread_id: "1" } }),
): Promise<FinishedSpan[]> {
  const server = await serve(script);
  const llm = new ChatOpenAI({
    model: "gpt-4.1-mini",
    apiKey: "k",
    maxRetries: 2,
    configuration: { baseURL: `${server.url}/v1` },
  });
  const weather = tool((args) => lookUp(args as { city: string }), { name: "get_weather", description: "w", schema });
  const agent = createReactAgent({ llm, tools: [weather], name: "weather", checkpointer: new MemorySaver() });
  const spans = await spansOf(() => work(agent as never));
  await server.close();
  return spans;
}

describe("LangGraph's agent and ToolNode", () => {
  test("a healthy run: the model's calls once, the tool with the call's id and the model's own text", async () => {
    const spans = await played([answer([WEATHER]), answer([], "Sunny")], ({ city }) => `Sunny in ${city}`);
    expectSpans(spans, [
      { ...AGENT, attributes: { "misfire.run.model_calls": 2, "misfire.run.tool_calls": 1 } },
      { ...CHAT, attributes: { "gen_ai.response.finish_reasons": ["tool_calls"], "gen_ai.usage.input_tokens": 20 } },
      {
        name: "execute_tool get_weather",
        status: "unset",
        attributes: {
          "gen_ai.tool.call.id": "call_A",
          "gen_ai.tool.call.arguments": WEATHER.args,
          "gen_ai.tool.call.result": "Sunny in Paris",
        },
      },
      CHAT,
    ]);
    expect(causesOf(spans)).toEqual([]);
  });

  test.each([
    ["a tool that is not there", { ...WEATHER, name: "get_wether" }, "looked-up", "registration/unknown-tool"],
    ["arguments that the schema refuses", { ...WEATHER, args: "{}" }, "validated", "arguments/missing-argument"],
  ])("%s: no callback tells of it, the next request does", async (_, call, stage, cause) => {
    const spans = await played([answer([call]), answer([], "Sorry")], () => "Sunny");
    expectSpans(spans, [
      AGENT,
      CHAT,
      {
        name: `execute_tool ${call.name}`,
        status: "error",
        attributes: { "misfire.stage": stage, "gen_ai.tool.call.id": "call_A" },
      },
      CHAT,
    ]);
    expect(causesOf(spans)).toEqual([cause]);
  });

  test("a tool that throws, which ToolNode turns into a message", async () => {
    const spans = await played([answer([WEATHER]), answer([], "Sorry")], () => {
      throw new RangeError("no such city");
    });
    expect(spans.find(({ name }) => name.startsWith("execute_tool"))?.attributes).toMatchObject({
      "error.type": "RangeError",
      "misfire.stage": "executed",
    });
    expect(causesOf(spans)).toEqual(["execution/tool-raised"]);
  });

  test("an interrupt waits for somebody and is no failure", async () => {
    const spans = await played([answer([WEATHER])], () => interrupt("May I?"));
    expect(spans.map(({ status }) => status.code)).toEqual(spans.map(() => 0));
    expect(causesOf(spans)).toEqual([]);
  });

  test("attempts that LangChain repeats are told on its own call", async () => {
    const spans = await played(
      [{ status: 500, json: { error: { message: "boom" } } }, answer([], "Sunny")],
      () => "Sunny",
    );
    expectSpans(spans, [
      AGENT,
      {
        ...CHAT,
        attributes: { "misfire.retries": 1 },
        events: [{ name: "misfire.attempt_failed", attributes: { "http.response.status_code": 500 } }],
      },
    ]);
    expect(causesOf(spans)).toEqual([]);
  }, 20_000);

  test("streamed: the same spans, and none of the client's own", async () => {
    const begin = chunk({ role: "assistant", content: "" });
    const events = [begin, calls(head(0, WEATHER)), calls(more(0, WEATHER.args)), END];
    const spans = await played(
      [{ events }, { events: [begin, chunk({ content: "Sunny" }), chunk({}, "stop")] }],
      () => "Sunny",
      async (agent) => {
        const input = { messages: [{ role: "user", content: "Weather?" }] };
        const options = { streamMode: "messages", configurable: { thread_id: "1" } } as const;
        for await (const _ of await agent.stream(input, options));
      },
    );
    expectSpans(spans, [AGENT, CHAT, { name: "execute_tool get_weather", status: "unset" }, CHAT]);
    expect(causesOf(spans)).toEqual([]);
  });

  test("a reader who leaves the model's stream", async () => {
    const server = await serve([{ events: Array.from({ length: 40 }, () => chunk({ content: "." })), pace: 5 }]);
    const llm = new ChatOpenAI({ model: "gpt-4.1-mini", apiKey: "k", configuration: { baseURL: `${server.url}/v1` } });
    const spans = await spansOf(async () => {
      for await (const _ of await llm.stream("Weather?")) break;
    });
    await server.close();
    expectSpans(spans, [{ ...CHAT, attributes: { "misfire.stream.outcome": "returned" } }]);
    expect(causesOf(spans)).toEqual([]);
  });
});
