import { context, trace, type Context } from "../api.ts";
import { openAgent } from "../agent.ts";
import type { ModelCall } from "../model-call.ts";
import { currentRun, inRun } from "../run.ts";
import type { Watch } from "../watch.ts";

/** One call of `generateText` and its like: its run, its model calls, and the one that may be repeated. */
export interface Session {
  readonly maxRetries: number;
  /** Runs something as part of it: streams are read by whoever asks for them. */
  inside<T>(work: () => T, at?: Context): T;
  calls: Set<ModelCall>;
  attempts: WeakMap<ModelCall, number>;
  /** An attempt that failed, with the prompt by which its repetition is known. */
  waiting: { call: ModelCall; error: unknown; prompt: unknown } | null;
  /** A model call that nothing repeats. */
  failed(call: ModelCall, error: unknown): void;
  ended(error?: unknown): void;
  /** The caller has left (`break`), has aborted, or has let go of a stream. */
  stopped(how: "returned" | "aborted" | "abandoned"): void;
}

/** With a name the calls are a run of their own, as an agent's; else they belong to where they are made. */
export function openSession(name: string | null, maxRetries: number, callersTools: ReadonlySet<string>): Session {
  const agent: { run: ReturnType<typeof currentRun>; watch: Watch | null } =
    name === null ? { run: currentRun(), watch: null } : openAgent(name);
  const { run, watch } = agent;
  if (watch !== null) Object.assign(run, { seesTools: true, callersTools });
  const active = context.active();
  const own = watch === null ? active : trace.setSpan(active, run.span!);
  const session: Session = {
    maxRetries,
    inside: (work, at = own) => inRun(run, () => context.with(at, work)),
    calls: new Set(),
    attempts: new WeakMap(),
    waiting: null,
    failed(call, error) {
      call.failed(error);
      watch?.error(error);
    },
    ended(error) {
      giveUp(error);
      if (error === undefined) watch?.end();
      else watch?.error(error);
    },
    stopped(how) {
      giveUp();
      for (const call of session.calls) call.stopped(how);
      watch?.stop();
    },
  };
  const giveUp = (error?: unknown): void => {
    session.waiting?.call.failed(session.waiting.error ?? error);
    session.waiting = null;
  };
  return session;
}
