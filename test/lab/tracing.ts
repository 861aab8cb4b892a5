import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { JsonTraceSerializer } from "@opentelemetry/otlp-transformer";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { createAnalyzer } from "../../src/index.ts";
import type { ToolCall } from "../../src/records/call.ts";
import type { Report } from "../../src/records/report.ts";

export type FinishedSpan = ReturnType<InMemorySpanExporter["getFinishedSpans"]>[number];

const memory = new InMemorySpanExporter();
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: memory })] });

/** Registers provider and context manager once per process. */
export function startTracing(): TracerProvider {
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return provider;
}

/** The spans that ended while `work` ran (and a little after). */
export async function spansOf(work: () => Promise<unknown>): Promise<FinishedSpan[]> {
  memory.reset();
  await work();
  await new Promise((resolve) => setTimeout(resolve, 5));
  return [...memory.getFinishedSpans()].toSorted(
    (a, b) => a.startTime[0] - b.startTime[0] || a.startTime[1] - b.startTime[1],
  );
}

export function otlpOf(spans: readonly FinishedSpan[]): Uint8Array {
  return JsonTraceSerializer.serializeRequest(spans as never) ?? new Uint8Array();
}

/** What misfire reads out of the spans. */
export function diagnosed(spans: readonly FinishedSpan[]): { report: Report; calls: ToolCall[] } {
  const analyzer = createAnalyzer();
  const source = analyzer.source("lab.json");
  source.push(otlpOf(spans));
  source.end();
  return { report: analyzer.report(), calls: [...analyzer.calls()] };
}
