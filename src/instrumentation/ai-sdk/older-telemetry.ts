import { trace, type Span, type Tracer } from "../api.ts";
import { recordError } from "../error.ts";
import { guarded } from "../guard.ts";
import { settings } from "../settings.ts";
import { cover } from "../watch.ts";
import { cutWords } from "./errors.ts";
import type { SdkCall } from "./integration.ts";
import type { Options } from "./options.ts";
import { tellStep } from "./refused.ts";

/**
 * The options of a call with `experimental_telemetry` (5 and 6): its spans are kept in sight, since the SDK ends those of a
 * stream only when it was read to its end. Calls that it refuses are told, and such as it leaves to its caller.
 */
export function completeOlderTelemetry(options: Options, call: SdkCall): Options {
  const about = options["experimental_telemetry"] as { tracer?: Tracer };
  const spans: Span[] = [];
  const open = (): Span[] => spans.filter((span) => span.isRecording()).toReversed();
  call.stop = () => {
    for (const span of open()) span.setAttribute("misfire.stream.outcome", "returned").end();
  };
  call.over = (error) => {
    for (const span of open())
      guarded(() => {
        if (error !== undefined) recordError(span, error, {}, cutWords(error));
        span.end();
      });
  };
  const { onStepFinish } = options as { onStepFinish?: (step: unknown) => unknown };
  return {
    ...options,
    experimental_telemetry: {
      ...about,
      tracer: watched(about.tracer ?? trace.getTracerProvider().getTracer("ai"), spans),
    },
    onStepFinish(step: Step) {
      guarded(() => settings().enabled && tellStep(step as never, {}));
      guarded(() => isHandedOver(step, call) && spans[0]?.setAttribute("misfire.run.outcome", "handed-over"));
      return onStepFinish?.(step);
    },
  };
}

interface Step {
  toolCalls?: readonly { toolName?: unknown; toolCallId?: unknown }[];
  toolResults?: readonly { toolCallId?: unknown }[];
}

function isHandedOver({ toolCalls = [], toolResults = [] }: Step, { callersTools }: SdkCall): boolean {
  const done = new Set(toolResults.map(({ toolCallId }) => toolCallId));
  return toolCalls.some(({ toolName, toolCallId }) => callersTools.has(String(toolName)) && !done.has(toolCallId));
}

/** The same tracer, with what it starts put down. */
function watched(tracer: Tracer, spans: Span[]): Tracer {
  const keep = (span: Span): Span => {
    spans.push(span);
    const { recordException } = span;
    // The SDK tells a span of its error by this alone.
    cover(span, "recordException", (...args) => {
      const { name } = (args[0] ?? {}) as { name?: unknown };
      if (typeof name === "string") span.setAttribute("error.type", name);
      return Reflect.apply(recordException, span, args);
    });
    return span;
  };
  return {
    startSpan: (...args) => keep(tracer.startSpan(...args)),
    startActiveSpan: (...args: unknown[]) => {
      const work = args.at(-1) as (span: Span) => unknown;
      return Reflect.apply(tracer.startActiveSpan, tracer, [...args.slice(0, -1), (span: Span) => work(keep(span))]);
    },
  };
}
