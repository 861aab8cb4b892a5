import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeOtlp } from "../../src/index.ts";
import type { Span } from "../../src/records/records.ts";
import { answer, chunk } from "./replies.ts";
import { serve, type LabServer } from "./server.ts";

const register = fileURLToPath(new URL("../../src/instrumentation/register.ts", import.meta.url));
const app = (name: string): string => fileURLToPath(new URL(`apps/${name}`, import.meta.url));

let model: LabServer;
let collector: { url: string; spans: Span[]; close(): Promise<void> };

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

/** Runs an application under `--import misfire/register` against the lab's model and collector. */
async function run(
  file: string,
  args: string[],
  env: Record<string, string> = {},
  onLine?: (pid: number) => void,
): Promise<{ code: number | null; signal: string | null; spans: Span[]; ms: number; err: string }> {
  collector.spans.length = 0;
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", register, app(file), ...args], {
    env: {
      PATH: process.env["PATH"],
      LAB_URL: `${model.url}/v1`,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_METRICS_EXPORTER: "none",
      OTEL_LOGS_EXPORTER: "none",
      ...env,
    },
  });
  let err = "";
  child.stderr.on("data", (text: Buffer) => (err += text.toString()));
  child.stdout.on("data", () => onLine?.(child.pid!));
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.on("close", (...ended) => resolve(ended)),
  );
  return { code, signal, spans: [...collector.spans], ms: performance.now() - started, err };
}

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

async function collect(): Promise<{ url: string; spans: Span[]; close(): Promise<void> }> {
  const spans: Span[] = [];
  const server = createServer((request, response) => {
    const blocks: Buffer[] = [];
    request.on("data", (block: Buffer) => blocks.push(block));
    request.on("end", () => {
      const isJson = request.headers["content-type"]?.includes("json") === true;
      spans.push(...spansIn(Buffer.concat(blocks), isJson));
      response.end(isJson ? "{}" : "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function spansIn(bytes: Uint8Array, isJson: boolean): Span[] {
  const spans: Span[] = [];
  decodeOtlp({ signal: "traces", encoding: isJson ? "json" : "protobuf", bytes }, "lab", {
    log() {},
    otelLog() {},
    message() {},
    exchange() {},
    span: (span: Span) => void spans.push(span),
    drop() {},
  } as never);
  return spans;
}
