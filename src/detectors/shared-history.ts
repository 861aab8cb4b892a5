import type { Run, Turn } from "../records/call.ts";
import type { Case, Detector } from "../records/detector.ts";
import type { Message } from "../records/records.ts";
import { runFinding } from "./finding.ts";

/** Histories into which several runs wrote at once: one agent, session or list of messages is shared. */
export const sharedHistory: Detector = {
  name: "shared-history",
  acrossRuns: true,
  reports: ["concurrency/shared-state"],
  skip: ({ runs }) =>
    runs.every(({ turns }) => turns.every(({ messages }) => messages === null))
      ? "no model requests: gen_ai.input.messages"
      : null,
  detect(the) {
    const calls = callsOf(the);
    const found = the.runs.flatMap((run) => {
      const turn = run.turns.find((one) => isInterleaved(one, calls) || isMixed(one, run, calls));
      return turn === undefined ? [] : { run, turn };
    });
    const branched =
      found.length > 0
        ? []
        : [...the.runs.flatMap((run) => branches(run).map((turn) => ({ run, turn }))), ...sameThread(the.runs)];
    const [first] = [...found, ...branched];
    if (first === undefined) return [];
    const { run, turn } = first;
    const ids = (turn.messages ?? [])
      .flatMap((message) => message.calls.map(({ id }) => id ?? ""))
      .filter((id) => id !== "");
    return [
      runFinding("shared-history", run, {
        classifier: "concurrency/shared-state",
        stage: "consumed",
        weight: 2,
        confidence: found.length > 0 ? "certain" : "likely",
        facts: {
          ...(ids.length === 0 ? {} : { callId: ids.slice(0, 20).join(", ") }),
          ...(run.scope.agent === null ? {} : { agent: run.scope.agent }),
        },
        modifiers: found.length + branched.length > 1 ? ["repeated"] : [],
        evidence: [...found, ...branched].slice(0, 10).map((one) => one.turn.evidence),
        message: "histories of several runs mixed",
      }),
    ];
  },
};

interface Asked {
  turn: Turn;
  run: Run;
}

/** The turn that answered with each call, as one source tells it. An id that several turns gave tells nothing. */
function callsOf({ runs }: Case): Map<string, Asked | null> {
  const calls = new Map<string, Asked | null>();
  for (const run of runs) {
    for (const turn of run.turns) {
      for (const { id } of turn.answer?.calls ?? []) {
        const key = keyOf(turn, id);
        calls.set(key, calls.has(key) && calls.get(key)?.turn !== turn ? null : { turn, run });
      }
    }
  }
  return calls;
}

function keyOf({ scope }: Turn, id: string | null): string {
  return `${scope.source}\n${id}`;
}

/** Between a call and its result stands a call of another answer. Parallel calls of one answer may stand in several messages. */
function isInterleaved(asking: Turn, calls: ReadonlyMap<string, Asked | null>): boolean {
  const open = new Map<string, number>();
  const groups: { turn: Turn | null; at: number }[] = [];
  for (const [at, message] of (asking.messages ?? []).entries()) {
    for (const { id } of message.calls) {
      if (id === null) continue;
      open.set(id, groups.length);
      groups.push({ turn: calls.get(keyOf(asking, id))?.turn ?? null, at });
    }
    for (const { callId } of message.results) {
      const from = callId === null ? undefined : open.get(callId);
      if (from === undefined) continue;
      const own = groups[from]!;
      if (
        groups
          .slice(from + 1)
          .some((other) => other.turn !== null && own.turn !== null && other.turn !== own.turn && other.at !== own.at)
      )
        return true;
      open.delete(callId!);
    }
  }
  return false;
}

/** The history holds calls of runs that were at work at the same time. */
function isMixed(asking: Turn, run: Run, calls: ReadonlyMap<string, Asked | null>): boolean {
  const runs = new Set([run]);
  for (const message of asking.messages ?? []) {
    for (const { id } of message.calls) {
      const asked = id === null ? null : (calls.get(keyOf(asking, id)) ?? null);
      if (asked !== null && runs.size < MOST_RUNS) runs.add(asked.run);
    }
  }
  const all = [...runs];
  return all.some((a, n) => all.slice(n + 1).some((b) => overlap(a, b)));
}

const MOST_RUNS = 32;

/** At the same time, by the clock of one source: two sources may tell of the same run in parts. */
function overlap(a: Run, b: Run): boolean {
  if (a.turns[0]?.scope.source !== b.turns[0]?.scope.source) return false;
  const [from, to] = [a, b].map((run) => run.turns.flatMap(({ time }) => time ?? [])) as [bigint[], bigint[]];
  if (from.length === 0 || to.length === 0) return false;
  return min(from) < max(to) && min(to) < max(from);
}

/** A request that adds a user's words to the history of one that is still being answered, and which goes on by itself later. */
function branches({ turns }: Run): Turn[] {
  const byLast = Map.groupBy(
    turns.filter(({ answer }) => answer !== null),
    ({ messages }) => messages?.at(-1),
  );
  return turns.filter((turn) => {
    const messages = turn.messages ?? [];
    for (let added = 1; added < Math.min(trailingUser(messages), MOST_ADDED); added++) {
      const before = messages.slice(0, messages.length - added);
      const bases = byLast.get(before.at(-1)) ?? [];
      if (
        bases.slice(0, 20).some((base) => base !== turn && sameMessages(base.messages ?? [], before)) &&
        goesOn(turns, turn, before)
      )
        return true;
    }
    return false;
  });
}

const MOST_ADDED = 8;

/** A later request has the old history and its own answer, without what was added meanwhile. */
function goesOn(turns: readonly Turn[], turn: Turn, before: readonly Message[]): boolean {
  return turns.some((later) => {
    const next = later.messages?.[before.length];
    return (
      next?.role === "assistant" &&
      isAfter(later, turn) &&
      sameMessages(later.messages!.slice(0, before.length), before)
    );
  });
}

function isAfter(a: Turn, b: Turn): boolean {
  return a.time !== null && b.time !== null && a.time > b.time;
}

/** Runs of one conversation that were at work at the same time, each with calls of its own. */
function sameThread(runs: readonly Run[]): Asked[] {
  const threads = Map.groupBy(
    runs.filter(({ scope, turns, calls }) => scope.conversation !== null && turns.length > 0 && calls.length > 0),
    ({ scope }) => scope.conversation!,
  );
  return [...threads.values()].flatMap((members) => {
    const sorted = members.filter(({ start }) => start !== null).toSorted((a, b) => (a.start! < b.start! ? -1 : 1));
    const second = sorted.find((run, n) => n > 0 && overlap(sorted[n - 1]!, run));
    const turn = second?.turns[0];
    return second === undefined || turn === undefined ? [] : [{ run: second, turn }];
  });
}

function trailingUser(messages: readonly Message[]): number {
  return messages.length - 1 - messages.findLastIndex(({ role, results }) => role !== "user" || results.length > 0);
}

function sameMessages(a: readonly Message[], b: readonly Message[]): boolean {
  return a.length === b.length && a.every((message, n) => message === b[n]);
}

function min(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => (b < a ? b : a));
}

function max(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => (b > a ? b : a));
}
