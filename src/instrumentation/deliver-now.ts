import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { unsent } from "./unsent.ts";

/**
 * Sends the unsent spans before it returns: in `exit` nothing asynchronous runs any more, so a small process posts them
 * as OTLP JSON, which every collector takes on its HTTP port.
 */
export function deliverNow(limitMs: number): void {
  if (unsent.size === 0) return;
  const spans = [...unsent];
  unsent.clear();
  const { JsonTraceSerializer } = createRequire(import.meta.url)(
    "@opentelemetry/otlp-transformer",
  ) as typeof import("@opentelemetry/otlp-transformer");
  const body = JsonTraceSerializer.serializeRequest(spans);
  if (body === undefined) return;
  // Without NODE_OPTIONS: it would preload us again.
  const env = { LAST_URL: endpoint(process.env), LAST_HEADERS: JSON.stringify(headers(process.env)) };
  spawnSync(process.execPath, ["-e", POST], {
    input: body,
    timeout: limitMs,
    env,
    stdio: ["pipe", "ignore", "ignore"],
  });
}

/** A gRPC address is of no use here; its collector's HTTP port mostly is one above. */
export function endpoint(env: Record<string, string | undefined>): string {
  const own = env["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];
  const shared = env["OTEL_EXPORTER_OTLP_ENDPOINT"];
  const url =
    own ?? (shared === undefined ? "http://localhost:4318/v1/traces" : `${shared.replace(/\/$/, "")}/v1/traces`);
  const protocol = env["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] ?? env["OTEL_EXPORTER_OTLP_PROTOCOL"];
  return protocol === "grpc"
    ? `${url
        .replace(":4317", ":4318")
        .replace(/\/v1\/traces$/, "")
        .replace(/\/$/, "")}/v1/traces`
    : url;
}

export function headers(env: Record<string, string | undefined>): Record<string, string> {
  const text = `${env["OTEL_EXPORTER_OTLP_HEADERS"] ?? ""},${env["OTEL_EXPORTER_OTLP_TRACES_HEADERS"] ?? ""}`;
  const found: Record<string, string> = { "content-type": "application/json" };
  for (const pair of text.split(",")) {
    const at = pair.indexOf("=");
    if (at > 0) found[pair.slice(0, at).trim().toLowerCase()] = decode(pair.slice(at + 1).trim());
  }
  return found;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const POST = `
const url = new URL(process.env.LAST_URL);
const { request } = require(url.protocol === "https:" ? "node:https" : "node:http");
process.stdin.pipe(request(url, { method: "POST", headers: JSON.parse(process.env.LAST_HEADERS) }, (r) => r.resume()).on("error", () => process.exit(1)));
`;
