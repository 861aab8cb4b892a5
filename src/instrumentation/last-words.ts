import { SpanStatusCode, type Span } from "./api.ts";
import { deliverNow } from "./deliver-now.ts";
import { errorType, recordError } from "./error.ts";
import { guarded } from "./guard.ts";
import { openCalls } from "./model-call.ts";
import { closeRun } from "./pending.ts";
import { openRuns } from "./run.ts";
import { openTools } from "./tool-call.ts";

/**
 * Exports what is still open when the process ends: spans of a process that was killed, of one that crashed and of one
 * that exited are told apart by `error.type`. An unreachable collector delays the end by a second at most.
 */
export function speakLastWords(shutdown: () => Promise<void>): void {
  let over = false;
  let crash: { error: unknown } | null = null;
  let killed: NodeJS.Signals | null = null;

  process.once("beforeExit", () => {
    if (over) return;
    over = true;
    endOpenSpans({ type: "process_exit", message: `${STILL} had nothing left to do` });
    // Nothing else is alive: without this the retries of an exporter would hold the process.
    const timer = setTimeout(() => process.exit(), LIMIT);
    void shutdown()
      .catch(() => {})
      .finally(() => clearTimeout(timer));
  });
  process.on("uncaughtExceptionMonitor", (error) => {
    crash = { error };
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    const onSignal = (): void => {
      killed = signal;
      // Where the application listens as well, it decides when to go; its exit is seen below.
      if (process.listenerCount(signal) > 1) return;
      over = true;
      endOpenSpans({ type: "process_killed", message: `${STILL} got ${signal}` });
      const leave = (): void => {
        process.off(signal, onSignal);
        process.kill(process.pid, signal);
      };
      void Promise.race([shutdown(), wait(LIMIT)]).then(leave, leave);
    };
    process.on(signal, onSignal);
  }
  process.on("exit", (code) => {
    if (over) return;
    over = true;
    if (crash !== null)
      endOpenSpans({
        type: "process_crashed",
        message: `${STILL} crashed: ${errorType(crash.error)}`,
        error: crash.error,
      });
    else if (killed !== null) endOpenSpans({ type: "process_killed", message: `${STILL} got ${killed}` });
    else endOpenSpans({ type: "process_exit", message: `${STILL} exited with code ${code}` });
    guarded(() => deliverNow(LIMIT));
  });
}

const LIMIT = 1000;
/** Words that the classifiers know. */
const STILL = "Still open when the process";

interface End {
  type: string;
  message: string;
  error?: unknown;
}

/** Innermost first, so that a backend sees children before their parents. */
export function endOpenSpans(end: End): void {
  for (const run of openRuns) guarded(() => closeRun(run, end.message));
  for (const span of openTools) close(span, end);
  for (const { span } of openCalls) close(span, end);
  for (const run of openRuns) if (run.span !== null) close(run.span, end);
  openTools.clear();
  openCalls.clear();
  openRuns.clear();
}

function close(span: Span, { type, message, error }: End): void {
  guarded(() => {
    if (error !== undefined) recordError(span, error);
    span.setAttributes({ "error.type": type, "misfire.ended_by": type });
    span.setStatus({ code: SpanStatusCode.ERROR, message });
    span.end();
  });
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
