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
  return inTree(memory.getFinishedSpans());
}

/** Parents before their children, siblings by their start: clocks tick too slowly to sort by time alone. */
function inTree(spans: readonly FinishedSpan[]): FinishedSpan[] {
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  const parentOf = (span: FinishedSpan): string =>
    ids.has(span.parentSpanContext?.spanId ?? "") ? span.parentSpanContext!.spanId : "";
  const children = Map.groupBy(
    spans
      .map((span, n) => ({ span, n }))
      .toSorted(
        (a, b) => a.span.startTime[0] - b.span.startTime[0] || a.span.startTime[1] - b.span.startTime[1] || a.n - b.n,
      ),
    ({ span }) => parentOf(span),
  );
  const below = (id: string): FinishedSpan[] =>
    (children.get(id) ?? []).flatMap(({ span }) => [span, ...below(span.spanContext().spanId)]);
  return below("");
}

export function otlpOf(spans: readonly FinishedSpan[]): Uint8Array {
  return JsonTraceSerializer.serializeRequest(spans as never) ?? new Uint8Array();
}

/** What misfire reads out of the spans (and, where there are some, log records). */
export function diagnosed(spans: readonly FinishedSpan[], logs?: Uint8Array): { report: Report; calls: ToolCall[] } {
  const analyzer = createAnalyzer();
  const source = analyzer.source("lab.json");
  source.push(otlpOf(spans));
  source.end();
  if (logs !== undefined) {
    const more = analyzer.source("logs.json");
    more.push(logs);
    more.end();
  }
  return { report: analyzer.report(), calls: [...analyzer.calls()] };
}

/** The root causes that misfire names: neither consequences nor what a later attempt made good. */
export function causesOf(spans: readonly FinishedSpan[]): (string | null)[] {
  return diagnosed(spans)
    .report.incidents.filter(({ causedBy, modifiers }) => causedBy === null && !modifiers.includes("recovered"))
    .map(({ classifier }) => classifier);
}
