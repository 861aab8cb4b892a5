import { AsyncLocalStorage } from "node:async_hooks";
import type { Span } from "./api.ts";
import type { PendingCall } from "./pending.ts";

/**
 * One run of an agent: what it has asked for and not got yet. Its own AsyncLocalStorage carries it, so that 100 runs at
 * once stay apart also where no OpenTelemetry context manager is registered.
 */
export interface Run {
  readonly name: string | null;
  readonly span: Span | null;
  /** By call id (or a made one where the provider gives none), oldest first. */
  readonly pending: Map<string, PendingCall>;
  modelCalls: number;
  toolCalls: number;
  /** Every execution of a tool is told to us: a call with an error for an answer was refused before. */
  seesTools: boolean;
  /** It waits for somebody (LangGraph): what is not executed yet may be later. */
  isInterrupted: boolean;
  /** Tools without a function here, or only with a consent: whoever has started the run executes them. */
  callersTools: ReadonlySet<string>;
}

export function currentRun(): Run {
  return runs.getStore() ?? loose;
}

export function isLoose(run: Run): boolean {
  return run === loose;
}

export function openRun(name: string | null, span: Span | null): Run {
  return {
    name,
    span,
    pending: new Map(),
    modelCalls: 0,
    toolCalls: 0,
    seesTools: false,
    isInterrupted: false,
    callersTools: new Set(),
  };
}

export function inRun<T>(run: Run, work: () => T): T {
  return runs.run(run, work);
}

/** Runs that have begun and not ended, for last words. */
export const openRuns = new Set<Run>();

const runs = new AsyncLocalStorage<Run>();
/** Calls outside of any run. */
const loose: Run = openRun(null, null);
