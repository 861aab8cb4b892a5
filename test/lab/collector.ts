import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { decodeOtlp } from "../../src/index.ts";
import type { Span } from "../../src/records/records.ts";

const register = fileURLToPath(new URL("../../src/instrumentation/register.ts", import.meta.url));

export interface Collector {
  url: string;
  spans: Span[];
  close(): Promise<void>;
}

export interface Ended {
  code: number | null;
  signal: string | null;
  spans: Span[];
  ms: number;
  err: string;
}

/** Runs an application of `apps/` under `--import misfire/register` against a model and the collector. */
export async function runTraced(
  { collector, modelUrl }: { collector: Collector; modelUrl: string },
  file: string,
  args: readonly string[],
  env: Record<string, string> = {},
  onLine?: (pid: number) => void,
): Promise<Ended> {
  collector.spans.length = 0;
  const started = performance.now();
  const app = fileURLToPath(new URL(`apps/${file}`, import.meta.url));
  const child = spawn(process.execPath, ["--import", register, app, ...args], {
    env: {
      PATH: process.env["PATH"],
      LAB_URL: modelUrl,
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

/** Takes OTLP over HTTP and keeps the spans. */
export async function collect(): Promise<Collector> {
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
