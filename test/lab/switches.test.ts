import Anthropic from "@anthropic-ai/sdk";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { configure, instrumentAnthropic, traceAgent, traceTool } from "../../src/instrumentation/index.ts";
import { fromEnvironment } from "../../src/instrumentation/settings.ts";
import { collect, runTraced, type Collector } from "./collector.ts";
import { answer } from "./replies.ts";
import { serve, type LabServer } from "./server.ts";
import { spansOf, startTracing, type FinishedSpan } from "./tracing.ts";

let model: LabServer;
let collector: Collector;

beforeAll(async () => {
  startTracing();
  model = await serve([answer([], "Hello")]);
  collector = await collect();
});
afterEach(() => {
  configure(fromEnvironment({}));
});
afterAll(async () => {
  await model.close();
  await collector.close();
});

describe("in a process of its own", () => {
  test.each([
    [{ OTEL_SDK_DISABLED: "true" }, 0],
    [{ MISFIRE_INSTRUMENTATION: "off" }, 0],
    [{ MISFIRE_INSTRUMENTATION: "on", OTEL_SDK_DISABLED: "false" }, 1],
  ])("%o: %i spans, and the application ends as ever", async (env, spans) => {
    const ended = await runTraced({ collector, modelUrl: `${model.url}/v1` }, "chat.cjs", [], env);
    expect(ended.code).toBe(0);
    expect(ended.err).toBe("");
    expect(ended.spans).toHaveLength(spans);
  });

  test("words of the conversation are recorded when they are asked for, and not else", async () => {
    const words = async (env: Record<string, string>): Promise<string> => {
      const { spans } = await runTraced({ collector, modelUrl: `${model.url}/v1` }, "chat.cjs", [], env);
      expect(spans).toHaveLength(1);
      return JSON.stringify(spans[0]!.attributes);
    };
    expect(await words({})).not.toContain("Hello");
    expect(await words({ OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: "true" })).toContain("Hello");
  });
});

test("OTEL_SEMCONV_STABILITY_OPT_IN chooses between the names of the conventions", async () => {
  const server = await serve([
    {
      json: {
        id: "msg_1",
        type: "message",
        role: "assistant",
        model: "claude-sonnet-5",
        content: [{ type: "text", text: "Hi" }],
        stop_reason: "end_turn",
        usage: { input_tokens: 10, output_tokens: 2, cache_creation_input_tokens: 5, cache_read_input_tokens: 3 },
      },
    },
  ]);
  const client = instrumentAnthropic(new Anthropic({ apiKey: "x", baseURL: server.url, maxRetries: 0 }));
  const attributes = async (env: Record<string, string>): Promise<FinishedSpan["attributes"]> => {
    configure(fromEnvironment(env));
    const [span] = await spansOf(() =>
      client.messages.create({ model: "claude-sonnet-5", max_tokens: 9, messages: [{ role: "user", content: "Hi" }] }),
    );
    return span!.attributes;
  };
  const before = await attributes({});
  const after = await attributes({ OTEL_SEMCONV_STABILITY_OPT_IN: "http,gen_ai_latest_experimental" });
  await server.close();
  expect(before).toMatchObject({ "gen_ai.usage.cache_creation.input_tokens": 5, "gen_ai.usage.input_tokens": 18 });
  expect(before).not.toHaveProperty("gen_ai.usage.cache_write.input_tokens");
  expect(after).toMatchObject({ "gen_ai.usage.cache_write.input_tokens": 5, "gen_ai.usage.input_tokens": 18 });
  expect(after).not.toHaveProperty("gen_ai.usage.cache_creation.input_tokens");
});

test("what is recorded is redacted first and cut at the limit, on every attribute", async () => {
  configure({ ...fromEnvironment({ MISFIRE_MAX_TEXT: "100" }), content: true });
  const key = `sk-proj-${"a1B2".repeat(12)}`;
  const leak = traceTool("leak", (_args: unknown, _context: unknown) => `key ${key} ${"y".repeat(500)}`);
  const fail = traceTool("fail", () => {
    throw new Error(`refused for ${key}`);
  });
  // the limit falls into the middle of the key
  const split = traceTool("split", () => `${"z".repeat(80)} ${key} ${"z".repeat(9000)}`);
  const spans = await spansOf(async () =>
    traceAgent("a", () => {
      split();
      leak({ token: key }, { toolCallId: "call_A" });
      expect(fail).toThrow("refused");
    }),
  );
  const all = JSON.stringify(spans.map(({ attributes, events, status }) => [attributes, events, status]));
  expect(all).not.toContain("sk-proj-a1B2");
  expect(all).toContain("[redacted]");
  expect(all).toContain("more characters]");
});
