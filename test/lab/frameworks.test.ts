import { createOpenAI } from "@ai-sdk/openai";
import { OpenTelemetry } from "@ai-sdk/otel";
import { GoogleGenAI } from "@google/genai";
import { AIMessage } from "@langchain/core/messages";
import { RunnableLambda } from "@langchain/core/runnables";
import { tool as langchainTool } from "@langchain/core/tools";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { Client as Client2, InMemoryTransport as InMemoryTransport2 } from "@modelcontextprotocol/client";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { McpServer as McpServer2 } from "@modelcontextprotocol/server";
import * as agents from "@openai/agents";
import { propagation } from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { generateText, jsonSchema, stepCountIs, tool as aiTool } from "ai";
import { Ollama } from "ollama";
import OpenAI6 from "openai6";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import {
  configure,
  instrumentAgents,
  instrumentAISDK,
  instrumentGoogleGenAI,
  instrumentMCPClient,
  instrumentMCPServer,
  instrumentOllama,
  instrumentOpenAI,
  langchainCallbacks,
} from "../../src/instrumentation/index.ts";
import { expectNothingSwallowed, expectSpans } from "./expect.ts";
import { answer, WEATHER } from "./replies.ts";
import { serve, type Reply } from "./server.ts";
import { causesOf, diagnosed, spansOf, startTracing, type FinishedSpan } from "./tracing.ts";

beforeAll(() => {
  startTracing();
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  configure({ enabled: true, content: true });
});
afterEach(() => {
  expectNothingSwallowed();
  configure({ content: true });
});

const names = (spans: readonly FinishedSpan[]): string[] => spans.map(({ name }) => name);

async function against(script: readonly Reply[], work: (url: string) => Promise<unknown>): Promise<FinishedSpan[]> {
  const server = await serve(script);
  const spans = await spansOf(() => work(server.url));
  await server.close();
  return spans;
}

describe.each([
  ["MCP 1", Client, McpServer, InMemoryTransport, { city: z.string() }],
  ["MCP 2", Client2, McpServer2, InMemoryTransport2, z.object({ city: z.string() })],
] as const)("%s", (version, AnyClient, AnyServer, AnyTransport, inputSchema) => {
  async function connected(): Promise<{ client: Client; close(): Promise<void> }> {
    const server = instrumentMCPServer(new (AnyServer as typeof McpServer)({ name: "s", version: "1" }));
    server.registerTool("get_weather", { inputSchema: inputSchema as { city: z.ZodString } }, ({ city }) => {
      if (city === "Nowhere") throw new Error("no weather station in Nowhere");
      return { content: [{ type: "text", text: `Sunny in ${city}` }] };
    });
    const client = instrumentMCPClient(new (AnyClient as typeof Client)({ name: "c", version: "1" }));
    const [left, right] = (AnyTransport as typeof InMemoryTransport).createLinkedPair();
    await Promise.all([server.connect(left), client.connect(right)]);
    return { client, close: () => client.close() };
  }

  test("client and server are one trace", async () => {
    const { client, close } = await connected();
    const spans = await spansOf(async () =>
      expect((await client.callTool({ name: "get_weather", arguments: { city: "Paris" } })).content).toEqual([
        { type: "text", text: "Sunny in Paris" },
      ]),
    );
    await close();
    expectSpans(spans, [
      {
        name: "tools/call get_weather",
        status: "unset",
        attributes: { "mcp.method.name": "tools/call", "gen_ai.tool.call.arguments": WEATHER.args },
      },
      { name: "tools/call get_weather", status: "unset" },
    ]);
    expect(spans[1]!.parentSpanContext?.spanId).toBe(spans[0]!.spanContext().spanId);
    expect(causesOf(spans)).toEqual([]);
  });

  test.each([
    ["a tool that throws", { name: "get_weather", arguments: { city: "Nowhere" } }, "execution/tool-raised"],
    ["refused arguments", { name: "get_weather", arguments: { town: "Paris" } }, "arguments/missing-argument"],
    ["an unknown tool", { name: "get_wether", arguments: {} }, "registration/unknown-tool"],
  ])("%s is an error on both sides, whether it is thrown or not", async (_, params, cause) => {
    const { client, close } = await connected();
    const spans = await spansOf(() => client.callTool(params).catch(() => {}));
    await close();
    // Since 2 a server refuses a tool that it does not have by an error of the protocol.
    const type = version === "MCP 2" && params.name === "get_wether" ? "-32602" : "tool_error";
    expect(spans.map(({ attributes }) => attributes["error.type"])).toEqual([type, type]);
    expect(causesOf(spans)).toEqual([cause]);
  });

  test("refused arguments are told without content as well: the words are the server's own", async () => {
    configure({ content: false });
    const { client, close } = await connected();
    const spans = await spansOf(() => client.callTool({ name: "get_weather", arguments: { town: "Paris" } }));
    await close();
    expect(JSON.stringify(spans.map(({ attributes, status }) => [attributes, status]))).not.toContain("Paris");
    expect(causesOf(spans)).toEqual(["arguments/missing-argument"]);
  });
});

describe("AI SDK 7", () => {
  const tools = {
    get_weather: aiTool({
      inputSchema: jsonSchema<{ city: string }>({
        type: "object",
        properties: { city: { type: "string" } },
        required: ["city"],
      }),
      execute: ({ city }) => city,
    }),
  };
  test.each([
    ["an unknown tool", { ...WEATHER, name: "get_wether" }, "looked-up", "registration/unknown-tool", true],
    [
      "arguments that are no JSON",
      { ...WEATHER, args: "{'city': 'Paris'}" },
      "parsed",
      "arguments/malformed-json",
      true,
    ],
    [
      "arguments that are no JSON, without content,",
      { ...WEATHER, args: "{'city': 'Paris'}" },
      "parsed",
      "arguments/malformed-json",
      false,
    ],
  ] as const)("%s gets the span that the SDK does not make", async (_, call, stage, cause, content) => {
    configure({ content });
    const spans = await against([answer([call]), answer([], "Sorry")], (url) => {
      const model = createOpenAI({ apiKey: "k", baseURL: `${url}/v1` }).chat("gpt-4.1-mini");
      return generateText({
        model,
        tools,
        prompt: "Weather?",
        stopWhen: stepCountIs(3),
        telemetry: { integrations: [instrumentAISDK(new OpenTelemetry())] },
      });
    });
    const refused = spans.find(({ name }) => name.startsWith("execute_tool"));
    expect(refused?.attributes["misfire.stage"]).toBe(stage);
    if (!content) expect(refused?.status.message).not.toContain("Paris");
    expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(1);
    expect(causesOf(spans)).toEqual([cause]);
  });
});

describe("OpenAI Agents", () => {
  test("agent, model calls and functions hang together, and a traced client tells nothing twice", async () => {
    instrumentAgents(agents);
    agents.setTracingDisabled(false);
    const spans = await against([answer([WEATHER]), answer([], "Sunny")], async (url) => {
      const client = instrumentOpenAI(new OpenAI6({ apiKey: "k", baseURL: `${url}/v1` }));
      const model = new agents.OpenAIChatCompletionsModel(client as never, "gpt-4.1-mini");
      const weather = agents.tool({
        name: "get_weather",
        description: "w",
        parameters: z.object({ city: z.string() }),
        execute: ({ city }) => `Sunny in ${city}`,
      });
      const result = await agents.run(new agents.Agent({ name: "Weather", model, tools: [weather] }), "Weather?");
      expect(result.finalOutput).toBe("Sunny");
    });
    expect(names(spans).filter((name) => name.startsWith("chat"))).toHaveLength(2);
    expect(names(spans)).toContain("invoke_agent Weather");
    expect(names(spans)).toContain("execute_tool get_weather");
    expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(1);
    expect(causesOf(spans)).toEqual([]);
  });
});

describe("LangChain", () => {
  test("the outermost chain, its model and its tools", async () => {
    const model = new FakeListChatModel({ responses: ["Hello"] });
    const failing = langchainTool(
      () => {
        throw new RangeError("no such city");
      },
      { name: "get_weather", schema: z.object({ city: z.string() }) },
    );
    const chain = RunnableLambda.from(async (_: string, config) => {
      await model.invoke("Weather?", config);
      return failing
        .invoke({ type: "tool_call", id: "call_A", name: "get_weather", args: { city: "Paris" } } as never, config)
        .catch(() => new AIMessage("Sorry"));
    }).withConfig({ runName: "agent" });
    const spans = await spansOf(() => chain.invoke("x", { callbacks: [langchainCallbacks()] }));
    expect(names(spans)).toEqual(["invoke_agent agent", "chat", "execute_tool get_weather"]);
    expect(spans[2]!.attributes).toMatchObject({
      "error.type": "RangeError",
      "gen_ai.tool.call.id": "call_A",
      "misfire.stage": "executed",
    });
    expect(causesOf(spans)).toEqual(["execution/tool-raised"]);
  });
});

describe("Ollama and Gemini", () => {
  const tools = [
    {
      type: "function",
      function: {
        name: "get_weather",
        description: "w",
        parameters: { type: "object", properties: { city: { type: "string" } } },
      },
    },
  ];

  test("ollama: a call of a tool that was not offered", async () => {
    const reply = {
      json: {
        model: "qwen3",
        message: {
          role: "assistant",
          content: "",
          tool_calls: [{ function: { name: "get_wether", arguments: { city: "Paris" } } }],
        },
        done: true,
        done_reason: "stop",
        prompt_eval_count: 9,
        eval_count: 4,
      },
    };
    const spans = await against([reply], (url) =>
      instrumentOllama(new Ollama({ host: url })).chat({
        model: "qwen3",
        messages: [{ role: "user", content: "Weather?" }],
        tools,
      }),
    );
    expectSpans(spans, [
      {
        name: "chat qwen3",
        status: "unset",
        attributes: {
          "gen_ai.provider.name": "ollama",
          "gen_ai.usage.input_tokens": 9,
          "gen_ai.usage.output_tokens": 4,
        },
      },
      { name: "execute_tool get_wether", status: "error", attributes: { "misfire.stage": "looked-up" } },
    ]);
    expect(causesOf(spans)).toEqual(["registration/unknown-tool"]);
  });

  test("gemini: a stream with a call", async () => {
    const event = {
      candidates: [
        {
          content: { role: "model", parts: [{ functionCall: { name: "get_weather", args: { city: "Paris" } } }] },
          finishReason: "STOP",
        },
      ],
      modelVersion: "gemini-2.5-flash",
      usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 4 },
    };
    const spans = await against([{ events: [event], close: "end" }], async (url) => {
      const ai = instrumentGoogleGenAI(new GoogleGenAI({ apiKey: "k", httpOptions: { baseUrl: url } }));
      const seen: unknown[] = [];
      for await (const part of await ai.models.generateContentStream({
        model: "gemini-2.5-flash",
        contents: "Weather?",
        config: {
          tools: [{ functionDeclarations: [{ name: "get_weather", parametersJsonSchema: { type: "object" } }] }],
        },
      }))
        seen.push(part);
      expect(seen).toHaveLength(1);
    });
    expectSpans(spans, [
      {
        name: "generate_content gemini-2.5-flash",
        status: "unset",
        attributes: {
          "gen_ai.provider.name": "gcp.gemini",
          "gen_ai.usage.input_tokens": 9,
          "gen_ai.response.model": "gemini-2.5-flash",
        },
      },
    ]);
    expect(diagnosed(spans).calls.map(({ tool, argumentsRaw }) => [tool, argumentsRaw])).toEqual([
      ["get_weather", WEATHER.args],
    ]);
    expect(causesOf(spans)).toEqual([]);
  });
});
