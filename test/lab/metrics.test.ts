import { createRequire } from "node:module";
import type { MeterProvider } from "@opentelemetry/api";
import OpenAI from "openai";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { configure, instrumentOpenAI, traceAgent, traceTool } from "../../src/instrumentation/index.ts";
import { useProviders } from "../../src/instrumentation/telemetry.ts";
import { running } from "../live/listening.ts";
import { runTraced } from "./collector.ts";
import { answer, chunk, WEATHER } from "./replies.ts";
import { serve, type Reply } from "./server.ts";
import { startTracing } from "./tracing.ts";

interface Point {
  name: string;
  unit: string;
  attributes: Record<string, unknown>;
  value: number | { count: number; sum: number; buckets: { boundaries: number[] } };
}

/** The SDK's own provider, as @opentelemetry/sdk-node brings it along. */
const sdk = createRequire(import.meta.resolve("@opentelemetry/sdk-node"))("@opentelemetry/sdk-metrics");
let memory: { getMetrics(): { scopeMetrics: { metrics: { descriptor: Point; dataPoints: Point[] }[] }[] }[] };
let provider: MeterProvider & { forceFlush(): Promise<void>; shutdown(): Promise<void> };

beforeAll(() => {
  startTracing();
});
beforeEach(() => {
  memory = new sdk.InMemoryMetricExporter(sdk.AggregationTemporality.CUMULATIVE);
  const reader = new sdk.PeriodicExportingMetricReader({ exporter: memory, exportIntervalMillis: 3_600_000 });
  provider = new sdk.MeterProvider({ readers: [reader] });
});
afterEach(async () => {
  await provider.shutdown();
  useProviders({ meterProvider: undefined as never });
  configure({ latest: false });
});

async function points(): Promise<Point[]> {
  await provider.forceFlush();
  const [all] = memory.getMetrics().slice(-1);
  return (all?.scopeMetrics ?? []).flatMap(({ metrics }) =>
    metrics.flatMap(({ descriptor: { name, unit }, dataPoints }) =>
      dataPoints.map(({ attributes, value }) => ({ name, unit, attributes, value })),
    ),
  );
}

async function play(script: readonly Reply[], work: (client: OpenAI) => Promise<unknown>): Promise<Point[]> {
  useProviders({ meterProvider: provider });
  const server = await serve(script);
  await work(instrumentOpenAI(new OpenAI({ apiKey: "sk-lab", baseURL: `${server.url}/v1`, maxRetries: 0 })));
  await server.close();
  return points();
}

const BODY = { model: "gpt-4.1-mini", messages: [] };
const common = {
  "gen_ai.operation.name": "chat",
  "gen_ai.provider.name": "openai",
  "gen_ai.request.model": "gpt-4.1-mini",
};
const tool = traceTool("get_weather", (_args: unknown, _context: { toolCallId: string }) => "12");
const brief = (all: readonly Point[]): unknown[] =>
  all.map(({ name, unit, attributes, value }) => [
    name,
    unit,
    attributes,
    typeof value === "number" ? value : value.count,
  ]);

test("a run with a model call and a tool, by the conventions that are stable in use", async () => {
  const all = await play([answer([WEATHER])], (client) =>
    traceAgent("claims", async () => {
      await client.chat.completions.create(BODY as never);
      tool({}, { toolCallId: "call_A" });
    }),
  );
  expect(brief(all)).toEqual(
    expect.arrayContaining([
      ["gen_ai.client.operation.duration", "s", common, 1],
      ["gen_ai.client.token.usage", "{token}", { ...common, "gen_ai.token.type": "input" }, 1],
      ["gen_ai.client.token.usage", "{token}", { ...common, "gen_ai.token.type": "output" }, 1],
      [
        "gen_ai.execute_tool.duration",
        "s",
        { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "get_weather" },
        1,
      ],
      [
        "gen_ai.invoke_agent.duration",
        "s",
        { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "claims" },
        1,
      ],
      ["misfire.runs.in_flight", "{run}", {}, 0],
    ]),
  );
  const tokens = all
    .filter(({ name }) => name === "gen_ai.client.token.usage")
    .map(({ value }) => value as { sum: number });
  expect(tokens.map(({ sum }) => sum)).toEqual([20, 7]);
  const duration = all.find(({ name }) => name === "gen_ai.client.operation.duration")!.value as {
    buckets: { boundaries: number[] };
  };
  expect(duration.buckets.boundaries).toEqual([
    0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
  ]);
});

test("the newest names, when they are opted into", async () => {
  configure({ latest: true });
  const all = await play([answer([WEATHER])], (client) =>
    traceAgent("claims", async () => {
      await client.chat.completions.create(BODY as never);
      tool({}, { toolCallId: "call_A" });
    }),
  );
  const agent = { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "claims" };
  expect(brief(all)).toEqual(
    expect.arrayContaining([
      ["gen_ai.client.inference.duration", "s", common, 1],
      ["gen_ai.client.inference.usage.input_tokens", "{token}", common, 20],
      ["gen_ai.client.inference.usage.output_tokens", "{token}", common, 7],
      ["gen_ai.invoke_agent.inference_calls", "{call}", agent, 1],
      ["gen_ai.invoke_agent.tool_calls", "{call}", agent, 1],
    ]),
  );
  const names = all.map(({ name }) => name);
  expect(names).not.toContain("gen_ai.client.operation.duration");
  expect(names).not.toContain("gen_ai.client.token.usage");
});

test("a stream has a time to its first chunk, and a refusal its type", async () => {
  const all = await play(
    [{ events: [chunk({ content: "Hi" }), chunk({}, "stop")] }, { status: 400, json: { error: { message: "no" } } }],
    async (client) => {
      for await (const _ of await client.chat.completions.create({
        model: "gpt-4.1-mini",
        messages: [],
        stream: true,
      }));
      await expect(client.chat.completions.create(BODY as never)).rejects.toThrow("no");
    },
  );
  expect(brief(all)).toEqual(
    expect.arrayContaining([
      ["gen_ai.client.operation.time_to_first_chunk", "s", common, 1],
      ["gen_ai.client.operation.duration", "s", common, 1],
      ["gen_ai.client.operation.duration", "s", { ...common, "error.type": "BadRequestError" }, 1],
    ]),
  );
});

test("runs in flight are counted while they run", async () => {
  useProviders({ meterProvider: provider });
  const held = Promise.withResolvers<void>();
  const runs = ["a", "b", "c"].map((name) => traceAgent(name, () => held.promise));
  const inFlight = async (): Promise<unknown> =>
    (await points()).find(({ name }) => name === "misfire.runs.in_flight")?.value;
  expect(await inFlight()).toBe(3);
  held.resolve();
  await Promise.all(runs);
  expect(await inFlight()).toBe(0);
});

test("misfire listen takes and counts them, from an application under register", async () => {
  const model = await serve([answer([], "Hello")]);
  const listen = await running(["listen", "--http-port", "0", "--grpc-port", "0"]);
  const collector = { url: listen.http, spans: [], close: () => Promise.resolve() };
  const env = { OTEL_METRICS_EXPORTER: "otlp" };
  const ended = await runTraced({ collector, modelUrl: `${model.url}/v1` }, "chat.cjs", [], env);
  expect([ended.code, ended.err]).toEqual([0, ""]);
  const text = await (await fetch(`${listen.http}/metrics`)).text();
  const counted = (signal: string): number =>
    Number(new RegExp(`misfire_items_total\\{signal="${signal}",outcome="accepted"\\} (\\d+)`).exec(text)?.[1]);
  expect(counted("traces")).toBe(1);
  expect(counted("metrics")).toBeGreaterThanOrEqual(2);
  expect((await listen.stop()).code).toBe(0);
  await model.close();
});
