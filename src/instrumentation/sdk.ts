import { createRequire } from "node:module";
import { trace } from "./api.ts";
import type { SpanProcessor } from "@opentelemetry/sdk-trace";
import { speakLastWords } from "./last-words.ts";
import { onFirstSpan } from "./telemetry.ts";
import { trackUnsent } from "./unsent.ts";

/**
 * Sets up @opentelemetry/sdk-node by the OTEL_* environment at the first span, unless the application has registered a
 * provider by then: ours must not take the place of its own, and a start without model calls costs nothing.
 */
export function startWhenNeeded(): void {
  onFirstSpan(() => {
    if (!hasProvider()) start();
  });
}

function hasProvider(): boolean {
  const provider = trace.getTracerProvider() as { getDelegate?: () => object };
  return provider.getDelegate?.().constructor.name !== "NoopTracerProvider";
}

function start(): void {
  const require = createRequire(import.meta.url);
  const { NodeSDK } = require("@opentelemetry/sdk-node") as typeof import("@opentelemetry/sdk-node");
  const isOtlp = (process.env["OTEL_TRACES_EXPORTER"] ?? "otlp").trim() === "otlp";
  const sdk = new NodeSDK({ instrumentations: [], ...(isOtlp ? { spanProcessors: [otlpProcessor(require)] } : {}) });
  sdk.start();
  speakLastWords(() => sdk.shutdown());
}

/** As the SDK would build it, but for an exporter that tells what has arrived. */
function otlpProcessor(require: NodeJS.Require): SpanProcessor {
  const { BatchSpanProcessor } = require("@opentelemetry/sdk-trace") as typeof import("@opentelemetry/sdk-trace");
  const protocol =
    process.env["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] ?? process.env["OTEL_EXPORTER_OTLP_PROTOCOL"] ?? "http/protobuf";
  const name = EXPORTERS[protocol] ?? EXPORTERS["http/protobuf"]!;
  const { OTLPTraceExporter } = require(name) as typeof import("@opentelemetry/exporter-trace-otlp-proto");
  return trackUnsent((exporter) => new BatchSpanProcessor({ exporter }), new OTLPTraceExporter());
}

const EXPORTERS: Record<string, string> = {
  grpc: "@opentelemetry/exporter-trace-otlp-grpc",
  "http/json": "@opentelemetry/exporter-trace-otlp-http",
  "http/protobuf": "@opentelemetry/exporter-trace-otlp-proto",
};
