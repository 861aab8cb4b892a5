import { pino } from "pino";
import OpenAI from "openai";
import { beforeAll, expect, test } from "vitest";
import { createAnalyzer } from "../../src/index.ts";
import { configure, instrumentOpenAI, logContext, traceAgent, traceTool } from "../../src/instrumentation/index.ts";
import { answer, WEATHER } from "./replies.ts";
import { serve } from "./server.ts";
import { otlpOf, spansOf, startTracing, type FinishedSpan } from "./tracing.ts";

let lines: string[] = [];
const logger = pino({ mixin: logContext }, { write: (line: string) => void lines.push(line) });

beforeAll(() => {
  startTracing();
});

/** A run that logs around a tool, and the tool that logs and fails. */
async function run(fails: boolean): Promise<FinishedSpan[]> {
  lines = [];
  configure({ content: false, logger: null });
  const server = await serve([answer([WEATHER]), answer([], "Done")]);
  const client = instrumentOpenAI(new OpenAI({ apiKey: "sk-lab", baseURL: `${server.url}/v1`, maxRetries: 0 }));
  const tool = traceTool("get_weather", (_args: unknown, _context: { toolCallId: string }) => {
    logger.info("looking the weather up");
    if (!fails) return "12 degrees";
    const error = new RangeError("no station within 50 km");
    logger.error(error, "get_weather failed");
    throw error;
  });
  const spans = await spansOf(() =>
    traceAgent("claims", async () => {
      logger.info("run begins");
      const messages: unknown[] = [{ role: "user", content: "Hi" }];
      const { choices } = await client.chat.completions.create({ model: "gpt-4.1-mini", messages } as never);
      messages.push(choices[0]!.message);
      let content = "";
      try {
        content = tool({}, { toolCallId: "call_A" });
      } catch (error) {
        content = `Error: ${(error as Error).message}`;
      }
      messages.push({ role: "tool", tool_call_id: "call_A", content });
      await client.chat.completions.create({ model: "gpt-4.1-mini", messages } as never);
      logger.info("run ends");
    }),
  );
  logger.info("outside of any run");
  await server.close();
  return spans;
}

const ids = (at: number): Record<string, unknown> => JSON.parse(lines[at] ?? "{}") as Record<string, unknown>;

test("lines carry trace, span, run, agent and call, and outside of a run nothing", async () => {
  const spans = await run(true);
  const [agent] = spans;
  const tool = spans.find(({ name }) => name === "execute_tool get_weather")!;
  const { traceId, spanId } = agent!.spanContext();
  expect(ids(0)).toMatchObject({
    msg: "run begins",
    trace_id: traceId,
    span_id: spanId,
    run_id: spanId,
    agent: "claims",
  });
  expect(ids(0)).not.toHaveProperty("tool_call_id");
  expect(ids(2)).toMatchObject({
    msg: "get_weather failed",
    trace_id: traceId,
    span_id: tool.spanContext().spanId,
    run_id: spanId,
    agent: "claims",
    tool_call_id: "call_A",
  });
  for (const key of ["trace_id", "span_id", "run_id", "agent", "tool_call_id"]) expect(ids(4)).not.toHaveProperty(key);
});

test("misfire joins such a log with its trace: one failure, with the evidence of both", async () => {
  const spans = await run(true);
  const analyzer = createAnalyzer();
  for (const [name, bytes] of [
    ["app.log", new TextEncoder().encode(lines.join(""))],
    ["traces.json", otlpOf(spans)],
  ] as const) {
    const source = analyzer.source(name);
    source.push(bytes);
    source.end();
  }
  const { incidents } = analyzer.report();
  expect(incidents.map(({ classifier, tool, count }) => [classifier, tool, count])).toEqual([
    ["execution/tool-raised", "get_weather", 1],
  ]);
  expect(new Set(incidents[0]!.evidence.map(({ kind }) => kind))).toEqual(new Set(["log", "span"]));
  expect(incidents[0]!.evidence.find(({ kind }) => kind === "log")).toMatchObject({ source: "app.log", line: 3 });
  expect(analyzer.calls().map(({ id, tool, executions }) => [id, tool, executions.length])).toEqual([
    ["call_A", "get_weather", 2],
  ]);
  expect(analyzer.calls().map(({ id }) => id)).toEqual(["call_A"]);
  expect(analyzer.runs()).toHaveLength(1);
});

test("a healthy run with its log gives nothing", async () => {
  const spans = await run(false);
  const analyzer = createAnalyzer();
  for (const [name, bytes] of [
    ["app.log", new TextEncoder().encode(lines.join(""))],
    ["traces.json", otlpOf(spans)],
  ] as const) {
    const source = analyzer.source(name);
    source.push(bytes);
    source.end();
  }
  expect(analyzer.report()).toMatchObject({ verdict: "clean", incidents: [] });
});
