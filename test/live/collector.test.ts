import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { diagnose, type Report } from "../../src/index.ts";
import { startEndpoints } from "../../src/sources/otlp/endpoints.ts";
import type { Batch, Outcome } from "../../src/sources/otlp/export.ts";
import { COLLECTOR, SKIPPED } from "./clients.ts";
import { capture, essence, eventually, running } from "./listening.ts";

const folder = mkdtempSync(join(tmpdir(), "misfire-collector-"));
afterAll(() => rmSync(folder, { recursive: true }));

const LISTEN = ["listen", "--http-port", "0", "--grpc-port", "0", "--log-level", "silent", "-f", "json"];
const CAPTURE = "autogen@0.7.5/claims-argument-renamed+native/traces.jsonl";

interface Collector {
  http: string;
  grpc: string;
  err: () => string;
  /** It sends what it has before it ends. */
  stop(): Promise<void>;
}

interface To {
  http: string;
  grpc: string;
}

/** A real Collector in front of `to`: what it gets goes on by `exporter`, compressed as it does by default (gzip). */
async function collector(exporter: "otlp_http" | "otlp", to: To): Promise<Collector> {
  const [httpPort, grpcPort] = [await freePort(), await freePort()];
  const config = join(folder, `${httpPort}.yaml`);
  const endpoint = exporter === "otlp" ? to.grpc : to.http;
  const retry = "retry_on_failure: { initial_interval: 100ms, max_interval: 500ms }";
  const pipeline = `{ receivers: [otlp], processors: [batch], exporters: [${exporter}] }`;
  writeFileSync(
    config,
    `receivers:
  otlp: { protocols: { http: { endpoint: "127.0.0.1:${httpPort}" }, grpc: { endpoint: "127.0.0.1:${grpcPort}" } } }
processors:
  batch: { timeout: 50ms }
exporters:
  ${exporter}: { endpoint: "${endpoint}", tls: { insecure: true }, ${retry} }
service:
  telemetry: { metrics: { level: none } }
  pipelines: { traces: ${pipeline}, logs: ${pipeline}, metrics: ${pipeline} }
`,
  );
  const child: ChildProcess = spawn(COLLECTOR!, ["--config", `file:${config}`], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let err = "";
  child.stderr!.on("data", (text) => (err += String(text)));
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  await eventually(() => err.includes("Everything is ready") || child.exitCode !== null, 20_000);
  if (child.exitCode !== null) throw new Error(`the Collector did not start: ${err}`);
  return {
    http: `http://127.0.0.1:${httpPort}`,
    grpc: `127.0.0.1:${grpcPort}`,
    err: () => err,
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function post(url: string, signal: string, body: string): Promise<number> {
  const headers = { "content-type": "application/json" };
  return (await fetch(`${url}/v1/${signal}`, { method: "POST", body, headers })).status;
}

const LOG = `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityText":"INFO","body":{"stringValue":"started"}}]}]}]}`;
const METRIC = `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"runs","sum":{"dataPoints":[{"asInt":"1"}]}}]}]}]}`;

describe.skipIf(COLLECTOR === null)(`a real OpenTelemetry Collector ${SKIPPED}`, () => {
  const lines = capture(CAPTURE).toString().trimEnd().split("\n");

  it.each([
    ["otlp_http", "http"],
    ["otlp", "grpc"],
  ] as const)(
    "sends to us by %s, and takes by %s what we forward: the verdict of the file",
    async (exporter, scheme) => {
      const last = await running(LISTEN);
      const middle = await collector(exporter, last);
      const to = scheme === "http" ? middle.http : `grpc://${middle.grpc}`;
      const first = await running(LISTEN.concat("--forward", to, "--queue", join(folder, scheme)));
      // what it sends on is protobuf, as gRPC wants it
      const before = await collector("otlp_http", first);
      for (const line of lines) expect(await post(before.http, "traces", line)).toBe(200);
      expect(await post(before.http, "logs", LOG)).toBe(200);
      expect(await post(before.http, "metrics", METRIC)).toBe(200);
      await before.stop();
      const passed = (await first.stop()).out;
      await middle.stop();
      const metrics = await (await fetch(`${last.http}/metrics`)).text();
      expect(metrics).toContain('misfire_items_total{signal="metrics",outcome="accepted"} 1');
      expect(metrics).toContain('misfire_items_total{signal="logs",outcome="accepted"} 1');
      const saved = essence(await diagnose(capture(CAPTURE), { name: "traces.jsonl" }));
      expect(essence(JSON.parse(passed) as Report)).toEqual(saved);
      expect(essence(JSON.parse((await last.stop()).out) as Report)).toEqual(saved);
    },
  );

  it.each([
    ["otlp_http", "Retry-After"],
    ["otlp", "RetryInfo"],
  ] as const)("by %s comes again after a %s, and drops what we refuse for good", async (exporter, _word) => {
    const answers: Outcome[] = [
      { kind: "busy", message: "full", retryAfter: 1 },
      { kind: "taken", rejected: 0, message: null },
      { kind: "malformed", message: "no OTLP of ours" },
    ];
    const seen: { bytes: Buffer; at: number }[] = [];
    const take = ({ bytes }: Batch): Outcome =>
      answers[seen.push({ bytes: Buffer.from(bytes), at: performance.now() }) - 1]!;
    const endpoints = await startEndpoints(take, { ...ENDPOINTS });
    const sender = await collector(exporter, {
      http: `http://127.0.0.1:${endpoints.httpPort}`,
      grpc: `127.0.0.1:${endpoints.grpcPort}`,
    });
    await post(sender.http, "traces", lines[0]!);
    await eventually(() => seen.length === 2, 10_000);
    expect(seen[1]!.bytes.equals(seen[0]!.bytes)).toBe(true);
    // it was told to wait a second; by itself it would have come after 100 ms
    expect(seen[1]!.at - seen[0]!.at).toBeGreaterThan(900);
    await post(sender.http, "traces", lines[0]!);
    await eventually(() => /Exporting failed\. Dropping data/.test(sender.err()), 10_000);
    expect(sender.err()).toContain("no OTLP of ours");
    expect(seen).toHaveLength(3);
    await sender.stop();
    await endpoints.close();
  });
});

const ENDPOINTS = {
  host: "127.0.0.1",
  httpPort: 0,
  grpcPort: 0,
  access: { token: null, tls: null },
  maxRequest: 1 << 20,
  maxInFlight: 1 << 20,
  corsOrigins: [],
  pages: () => new Map(),
  log: () => {},
} as const;
