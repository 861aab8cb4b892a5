import type { ReadableSpan, SpanExporter, SpanProcessor } from "@opentelemetry/sdk-trace";

/** Ended spans that no collector has confirmed yet, oldest first, at most 2048. */
export const unsent = new Set<ReadableSpan>();

const MOST = 2048;

/** A processor around an exporter that keeps what is under way, so that a process that exits at once can still deliver it. */
export function trackUnsent(
  processorOf: (exporter: SpanExporter) => SpanProcessor,
  exporter: SpanExporter,
): SpanProcessor {
  const inner = processorOf({
    export(spans, done) {
      exporter.export(spans, (result) => {
        for (const span of spans) unsent.delete(span);
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  });
  return {
    onStart: (span, context) => inner.onStart(span, context),
    onEnd(span) {
      if (unsent.size < MOST) unsent.add(span);
      inner.onEnd(span);
    },
    forceFlush: () => inner.forceFlush(),
    shutdown: () => inner.shutdown(),
  };
}
