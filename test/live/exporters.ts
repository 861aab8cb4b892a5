import { context, trace, type Attributes } from "@opentelemetry/api";
import { OTLPTraceExporter as GrpcExporter } from "@opentelemetry/exporter-trace-otlp-grpc";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtoExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";

type Compression = ConstructorParameters<typeof ProtoExporter>[0] extends infer Config
  ? Config extends { compression?: infer C }
    ? C
    : never
  : never;

/** The exporters of the SDK, by the names of OTEL_EXPORTER_OTLP_PROTOCOL. */
export const PROTOCOLS = ["http/protobuf", "http/json", "grpc"] as const;

export function exporterOf(protocol: (typeof PROTOCOLS)[number], to: { http: string; grpc: string }, zip: boolean) {
  const compression = (zip ? "gzip" : "none") as Compression;
  if (protocol === "grpc") return new GrpcExporter({ url: `http://${to.grpc}`, compression });
  const url = `${to.http}/v1/traces`;
  return protocol === "http/json" ? new JsonExporter({ url, compression }) : new ProtoExporter({ url, compression });
}

/** One agent run as the SDK reports it: a model call that asks for a tool that was not offered. */
export async function exportRun(exporter: ReturnType<typeof exporterOf>, traceId: string): Promise<void> {
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const tracer = provider.getTracer("app");
  const parent = trace.setSpanContext(context.active(), { traceId, spanId: "00f067aa0ba902b7", traceFlags: 1 });
  for (const { name, attributes } of RUN) tracer.startSpan(name, { attributes }, parent).end();
  await provider.forceFlush();
  await provider.shutdown();
}

const RUN: readonly { name: string; attributes: Attributes }[] = [
  {
    name: "chat gpt-4o",
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.request.model": "gpt-4o",
      "gen_ai.provider.name": "openai",
      "gen_ai.tool.definitions": JSON.stringify([
        {
          type: "function",
          name: "get_claim",
          parameters: { type: "object", properties: { claim_id: { type: "string" } }, required: ["claim_id"] },
        },
      ]),
      "gen_ai.input.messages": JSON.stringify([{ role: "user", parts: [{ type: "text", content: "Is CL-1 open?" }] }]),
      "gen_ai.output.messages": JSON.stringify([
        {
          role: "assistant",
          parts: [{ type: "tool_call", id: "call_1", name: "find_claim", arguments: { claim_id: "CL-1" } }],
          finish_reason: "tool_calls",
        },
      ]),
      "gen_ai.response.finish_reasons": ["tool_calls"],
    },
  },
];
