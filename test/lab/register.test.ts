import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collect, runTraced, type Collector, type Ended } from "./collector.ts";
import { answer, chunk } from "./replies.ts";
import { serve, type LabServer } from "./server.ts";

let model: LabServer;
let collector: Collector;

beforeAll(async () => {
  model = await serve((body) =>
    body["stream"] === true ? { events: [chunk({ content: "Hello" })], close: "hang" } : answer([], "Hello"),
  );
  collector = await collect();
});
afterAll(async () => {
  await model.close();
  await collector.close();
});

const run = (
  file: string,
  args: string[],
  env: Record<string, string> = {},
  onLine?: (pid: number) => void,
): Promise<Ended> => runTraced({ collector, modelUrl: `${model.url}/v1` }, file, args, env, onLine);

describe("node --import misfire/register", () => {
  test("traces an application that requires openai, and lets it end", async () => {
    const { code, spans, err } = await run("chat.cjs", []);
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(spans.map(({ name }) => name)).toEqual(["chat gpt-4.1-mini"]);
    expect(spans[0]?.attributes["gen_ai.response.finish_reasons"]).toEqual(["stop"]);
  });

  test("leaves the SDK of the application in its place", async () => {
    const { spans, err } = await run("own-sdk.mjs", []);
    expect(err).toBe("");
    expect(spans.map(({ name, resource }) => [name, resource["service.name"]])).toEqual([["chat gpt-4.1-mini", "own"]]);
  });

  test("traces both ends of MCP, in files inside of the package", async () => {
    const { spans, err } = await run("mcp.mjs", []);
    expect(err).toBe("");
    expect(
      spans.map(({ name, kind, attributes }) => `${name} ${kind} ${String(attributes["error.type"])}`).toSorted(),
    ).toEqual(["tools/call get_weather client tool_error", "tools/call get_weather server tool_error"]);
  });

  test.each([
    ["exit", 3, null, "process_exit"],
    ["crash", 1, null, "process_crashed"],
    ["wait", null, "SIGTERM", "process_killed"],
  ] as const)("exports what is open at the end: %s", async (how, code, signal, type) => {
    const ended = await run("chat.mjs", [how], {}, (pid) => how === "wait" && process.kill(pid, "SIGTERM"));
    expect([ended.code, ended.signal]).toEqual([code, signal]);
    expect(ended.spans.map(({ name, status, attributes }) => [name, status.code, attributes["error.type"]])).toEqual([
      ["chat gpt-4.1-mini", "error", type],
    ]);
  });

  test("an unreachable collector delays the end by a second at most", async () => {
    const plain = await run("chat.cjs", [], { MISFIRE_INSTRUMENTATION: "off" });
    const { code, ms } = await run("chat.cjs", [], { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
    expect(code).toBe(0);
    expect(ms - plain.ms).toBeLessThan(3500);
  });

  test("the off switch of OpenTelemetry is ours as well", async () => {
    expect((await run("chat.cjs", [], { OTEL_SDK_DISABLED: "true" })).spans).toEqual([]);
  });
});
