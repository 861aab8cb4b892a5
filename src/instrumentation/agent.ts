import { context, SpanKind, trace } from "./api.ts";
import { recordError } from "./error.ts";
import { guarded } from "./guard.ts";
import { closeRun } from "./pending.ts";
import { inRun, openRun, openRuns, type Run } from "./run.ts";
import { settings } from "./settings.ts";
import { meters, tracer } from "./telemetry.ts";
import { watchValue, type Watch } from "./watch.ts";

/**
 * Runs `fn` in an `invoke_agent` span and gives back what it gives. Model calls and tools inside belong to this run; a
 * call that nobody executed is closed as such when it ends.
 *
 *     const answer = await traceAgent("claims", () => loop(messages));
 */
export function traceAgent<T>(name: string, fn: () => T): T {
  if (!settings().enabled) return fn();
  const opened = guarded(() => openAgent(name));
  if (opened === undefined) return fn();
  const { run, watch } = opened;
  let value: T;
  try {
    value = inRun(run, () => context.with(trace.setSpan(context.active(), run.span!), fn));
  } catch (error) {
    watch.error(error);
    throw error;
  }
  return guarded(() => watchValue(value, watch)) ?? value;
}

/** A run with its span, for wrappers that have no function to put it around. */
export function openAgent(name: string | null): { run: Run; watch: Watch } {
  const started = performance.now();
  const common = { "gen_ai.operation.name": "invoke_agent", ...(name === null ? {} : { "gen_ai.agent.name": name }) };
  const span = tracer().startSpan(name === null ? "invoke_agent" : `invoke_agent ${name}`, {
    kind: SpanKind.INTERNAL,
    attributes: common,
  });
  const run = openRun(name, span);
  openRuns.add(run);
  span.setAttribute("misfire.runs.in_flight", openRuns.size);
  guarded(() => meters().runs(1));
  let ended = false;
  const finish = (write: () => void): void => {
    if (ended) return;
    ended = true;
    openRuns.delete(run);
    guarded(() => closeRun(run));
    guarded(write);
    guarded(() =>
      span.setAttributes({ "misfire.run.model_calls": run.modelCalls, "misfire.run.tool_calls": run.toolCalls }),
    );
    guarded(() => span.end());
    guarded(() => meters().runs(-1));
    guarded(() =>
      meters().agent((performance.now() - started) / 1000, common, { model: run.modelCalls, tool: run.toolCalls }),
    );
  };
  return {
    run,
    watch: {
      value() {},
      end: () => finish(() => {}),
      error: (error) => finish(() => recordError(span, error)),
      stop: () => finish(() => span.setAttribute("misfire.stream.outcome", "returned")),
    },
  };
}
