import { createServer, type AddressInfo, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collect, runTraced, type Collector, type Ended } from "./collector.ts";
import { chunk } from "./replies.ts";
import { serve, type LabServer } from "./server.ts";

let model: LabServer;
let collector: Collector;
/** Takes connections and never answers. */
let hole: Server;

beforeAll(async () => {
  model = await serve([{ events: [chunk({ content: "Hello" })], close: "hang" }]);
  collector = await collect();
  hole = createServer(() => {});
  await new Promise<void>((resolve) => hole.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await model.close();
  await collector.close();
  hole.close();
});

const run = (file: string, how: string, signal?: NodeJS.Signals, env: Record<string, string> = {}): Promise<Ended> =>
  runTraced({ collector, modelUrl: `${model.url}/v1` }, file, [how], env, (pid) => {
    if (signal !== undefined) process.kill(pid, signal);
  });

describe.each(["last.mjs", "last.cjs"])("what is open at the end is exported: %s", (file) => {
  test.each([
    ["exit", undefined, 3, null, "process_exit"],
    ["throw", undefined, 1, null, "process_crashed"],
    ["reject", undefined, 1, null, "process_crashed"],
    ["signal", "SIGTERM", null, "SIGTERM", "process_killed"],
    ["signal", "SIGINT", null, "SIGINT", "process_killed"],
    ["own-handler", "SIGTERM", 5, null, "process_killed"],
  ] as const)("%s %s", async (how, sent, code, signal, type) => {
    const ended = await run(file, how, sent);
    expect([ended.code, ended.signal]).toEqual([code, signal]);
    expect(
      ended.spans.map(({ name, status, attributes }) => [name, status.code, attributes["error.type"]]).toSorted(),
    ).toEqual([
      ["chat gpt-4.1-mini", "error", type],
      ["execute_tool slow", "error", type],
      ["invoke_agent claims", "error", type],
    ]);
    expect(new Set(ended.spans.map(({ traceId }) => traceId)).size).toBe(1);
    const crash = ended.spans.flatMap(({ events }) => events).find(({ name }) => name === "exception");
    expect(crash?.attributes["exception.type"]).toBe(type === "process_crashed" ? "RangeError" : undefined);
    if (type === "process_crashed") expect(ended.err).toContain("RangeError: a bug in the application");
    else expect(ended.err).toBe("");
  });
});

describe("a collector that takes and does not answer, or is not there", () => {
  test.each([
    ["exit", undefined, 3, null],
    ["throw", undefined, 1, null],
    ["signal", "SIGTERM", null, "SIGTERM"],
  ] as const)("%s %s: delays the end by a second at most", async (how, sent, code, signal) => {
    const { port } = hole.address() as AddressInfo;
    const plain = await run("last.mjs", how, sent, { MISFIRE_INSTRUMENTATION: "off" });
    for (const url of [`http://127.0.0.1:${port}`, "http://127.0.0.1:9"]) {
      const ended = await run("last.mjs", how, sent, { OTEL_EXPORTER_OTLP_ENDPOINT: url });
      expect([ended.code, ended.signal]).toEqual([code, signal]);
      // the start of the SDK and a loaded machine are in it as well
      expect(ended.ms - plain.ms).toBeLessThan(6000);
    }
  });
});
