import type { Message } from "../records/records.ts";
import type { RunDraft } from "./draft.ts";
import type { Placement } from "./history.ts";

/**
 * A run without a name of its own is told by its history: each request begins with the one before it. Null: a new run.
 * `runOfCall` finds the run of a call id that the history shows.
 */
export function runOfHistory(
  placement: Placement,
  current: RunDraft | null,
  runOfCall: (id: string) => RunDraft | null,
): RunDraft | null {
  const fresh = placement.messages.slice(placement.known);
  const added = new Set(
    fresh.flatMap((m) => [...m.calls.map(({ id }) => id), ...m.results.map(({ callId }) => callId)]),
  );
  const answers = (run: RunDraft): boolean =>
    run.turns.at(-1)?.answer?.calls.some(({ id }) => id !== null && added.has(id)) ?? false;
  // the very same history again is a retry where the first got no answer, else another run that begins alike
  const candidates = placement.exact
    ? placement.runs.filter((run) => run.turns.at(-1)?.answer === null)
    : placement.runs;
  const next = candidates.find(answers) ?? candidates[0];
  if (next !== undefined) return next;
  for (const id of added) {
    const run = id === null ? null : runOfCall(id);
    if (run !== null) return run;
  }
  if (current !== null && hasGrown(current.turns.at(-1)?.messages, placement.messages)) return current;
  const isFresh = current !== null && current.turns.length === 0;
  return isFresh || !isBeginning(placement.messages) ? current : null;
}

function isBeginning(messages: readonly Message[]): boolean {
  return messages.every((m) => m.calls.length === 0 && m.results.length === 0 && m.role !== "assistant");
}

/** Some frameworks write what happened into the last user message: it grows where others add messages. */
function hasGrown(before: readonly Message[] | null | undefined, now: readonly Message[]): boolean {
  if (before === null || before === undefined || before.length === 0) return false;
  const at = before.findIndex((message, n) => message !== now[n]);
  const [old, grown] = [before[at]?.text ?? null, now[at]?.text ?? null];
  if (at !== before.length - 1 || old === null || grown === null || before[at]!.role !== now[at]!.role) return false;
  return grown.length > old.length && grown.startsWith(old);
}
