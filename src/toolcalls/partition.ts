import type { Fact } from "../records/fact.ts";
import type { Message, RequestedCall } from "../records/records.ts";
import { sameArguments } from "./arguments.ts";
import { isWeakId, newDraft, newRun, touch } from "./draft.ts";
import type { Draft, RunDraft, TurnDraft } from "./draft.ts";
import { give, has, idOf, learn, note, rawOf, toolOf } from "./give.ts";
import { createHistories } from "./history.ts";
import type { Placement } from "./history.ts";
import { placeOf } from "./order.ts";
import { createShelf } from "./shelf.ts";
import { createTurns } from "./turns.ts";

/** All facts of one trace, run or conversation, or of one source that names none of these. Facts come in order. */
export interface Partition {
  take(fact: Fact): void;
  /** Gives the facts without an id to the calls that they fit. */
  settle(): void;
  readonly runs: RunDraft[];
  readonly drafts: Draft[];
}

/** Partitions of this rank are bare sources: histories and starts tell their runs apart. */
export const LOOSE = 3;

export function createPartition(key: string, rank: number): Partition {
  const runs: RunDraft[] = [];
  const drafts: Draft[] = [];
  const byId = new Map<string, Draft[]>();
  const histories = createHistories();
  const turns = createTurns();
  const waiting: Fact[] = [];
  let current: RunDraft | null = null;

  function run(fact: Fact): RunDraft {
    current ??= begin(fact);
    touch(current, fact);
    return current;
  }

  function begin(fact: Fact): RunDraft {
    runs.push((current = newRun(runs.length === 0 ? key : `${key}#${runs.length + 1}`, rank, fact.scope)));
    return current;
  }

  function take(fact: Fact): void {
    if (fact.kind === "run-started") {
      const isUsed = current !== null && (current.turns.length > 0 || current.calls > 0 || current.ended !== null);
      if (rank >= LOOSE && isUsed) begin(fact);
      run(fact);
    } else if (fact.kind === "run-ended") {
      const own = run(fact);
      if (own.ended === null || own.ended.outcome === "ok")
        own.ended = { outcome: fact.outcome, reason: fact.reason, evidence: fact.evidence };
    } else if (fact.kind === "offered") {
      turns.offer(fact);
      run(fact).offers.set(fact.scope.agent, fact.tools).set(null, fact.tools);
    } else if (fact.kind === "asked") asked(fact);
    else if (fact.kind === "answered" || fact.kind === "model-failed") turns.answer(fact, () => run(fact));
    else if (fact.kind === "requested") requested(fact);
    else if (idOf(fact) !== null) byCallId(fact, idOf(fact)!);
    else waiting.push(fact);
  }

  function asked(fact: Extract<Fact, { kind: "asked" }>): void {
    const placement = histories.place(fact.messages);
    const own = rank >= LOOSE ? (runOf(placement) ?? begin(fact)) : run(fact);
    current = own;
    touch(own, fact);
    placement.claim(own);
    turns.ask(fact, own, placement.messages);
    readHistory(placement, fact, own);
  }

  /** A run without a name of its own is told by its history: each request begins with the one before it. */
  function runOf(placement: Placement): RunDraft | null {
    const fresh = placement.messages.slice(placement.known);
    const added = new Set(
      fresh.flatMap((m) => [...m.calls.map(({ id }) => id), ...m.results.map(({ callId }) => callId)]),
    );
    const answers = (one: RunDraft): boolean =>
      one.turns.at(-1)?.answer?.calls.some(({ id }) => id !== null && added.has(id)) ?? false;
    const candidates = placement.exact
      ? placement.runs.filter((one) => one.turns.at(-1)?.answer === null)
      : placement.runs;
    const next = candidates.find(answers) ?? candidates[0];
    if (next !== undefined) return next;
    for (const id of added) {
      const known = id === null ? undefined : byId.get(id)?.at(-1);
      if (known !== undefined) return known.run;
    }
    if (current !== null && hasGrown(current.turns.at(-1)?.messages, placement.messages)) return current;
    const isFresh = current !== null && current.turns.length === 0;
    const isBeginning = placement.messages.every(
      (m) => m.calls.length === 0 && m.results.length === 0 && m.role !== "assistant",
    );
    return isFresh || !isBeginning ? current : null;
  }

  /** What this request shows for the first time of calls and their results. */
  function readHistory(placement: Placement, fact: Fact, own: RunDraft): void {
    const fresh = placement.messages.slice(placement.known);
    const answered = new Set(fresh.flatMap((m) => m.results.map(({ callId }) => callId)));
    for (const [n, message] of fresh.entries()) {
      for (const call of message.calls) {
        const draft = historyCall(call, fact, own);
        if (draft === null || answered.has(call.id) || n === fresh.length - 1) continue;
        if (draft.results.every(({ seenBy }) => seenBy !== "request")) draft.missingIn ??= fact.evidence;
      }
      for (const result of message.results) {
        const seen: Fact = {
          scope: fact.scope,
          evidence: fact.evidence,
          time: fact.time,
          kind: "returned",
          result,
          seenBy: "request",
        };
        if (idOf(seen) === null) waiting.push(seen);
        else byCallId(seen, idOf(seen)!);
      }
    }
  }

  function historyCall(call: RequestedCall, fact: Fact, own: RunDraft): Draft | null {
    if (call.id === null || call.id === "") {
      waiting.push({
        scope: fact.scope,
        evidence: fact.evidence,
        time: fact.time,
        kind: "requested",
        call,
        index: HISTORY,
      });
      return null;
    }
    const known = recent(call.id);
    const draft =
      known.findLast((one) => sameArguments(one.argumentsRaw, call.argumentsRaw)) ??
      known.at(-1) ??
      open(own, fact, call);
    draft.inHistory ??= fact.evidence;
    learn(draft, draft.argumentsRaw === null ? call : { ...call, argumentsRaw: null });
    return draft;
  }

  function requested(fact: Extract<Fact, { kind: "requested" }>): void {
    const { call } = fact;
    if (call.id === null || call.id === "") {
      waiting.push(fact);
      return;
    }
    const turn = turns.at(fact);
    const own = turn?.run ?? run(fact);
    const draft = recent(call.id).findLast((one) => isSameCall(one, fact, turn)) ?? open(own, fact, call);
    if (draft.requests.length === 0) {
      draft.scope = fact.scope;
      draft.time = fact.time;
    }
    if (turn !== null && draft.turn === null) {
      draft.turn = turn;
      draft.run = own;
    }
    draft.seenIn.add(draft.run);
    draft.offered ??= turn?.offered ?? own.offers.get(fact.scope.agent) ?? null;
    note(draft, fact);
    draft.requests.push(fact);
    learn(draft, call);
  }

  function isSameCall(draft: Draft, fact: Extract<Fact, { kind: "requested" }>, turn: TurnDraft | null): boolean {
    const { call } = fact;
    if (draft.tool !== null && call.name !== null && draft.tool !== call.name) return false;
    const place = placeOf(fact);
    if (draft.requests.some((other) => placeOf(other) === place && other.index !== fact.index)) return false;
    if (!sameArguments(draft.argumentsRaw, call.argumentsRaw)) return false;
    const isOver = draft.results.length > 0 || draft.executions.some(({ outcome }) => outcome !== "started");
    return !(isOver && draft.requests.length > 0 && isWeakId(call.id ?? "") && (turn === null || turn !== draft.turn));
  }

  function open(own: RunDraft, fact: Fact, call: RequestedCall): Draft {
    const draft = newDraft(own, fact, call.id, call.name, call.argumentsRaw);
    draft.reparsed = call.parsed === true;
    drafts.push(draft);
    if (call.id === null) return draft;
    const known = byId.get(call.id);
    if (known === undefined) byId.set(call.id, [draft]);
    else known.push(draft);
    return draft;
  }

  /** The last calls of an id: where ids repeat, older ones are over. */
  function recent(id: string): Draft[] {
    return byId.get(id)?.slice(-RECENT) ?? [];
  }

  /** The call of this id that waits for such a fact: the last turn's first one without it. */
  function byCallId(fact: Fact, id: string): void {
    const tool = toolOf(fact);
    const fits = recent(id).filter((draft) => tool === null || draft.tool === null || draft.tool === tool);
    const last = fits.at(-1);
    const free = fits.filter((draft) => !has(draft, fact));
    give(
      free.find(({ turn }) => turn === last?.turn) ??
        free[0] ??
        last ??
        open(run(fact), fact, { id, name: tool, argumentsRaw: rawOf(fact) }),
      fact,
    );
  }

  function settle(): void {
    const shelf = createShelf(drafts);
    for (const fact of waiting) if (fact.kind === "requested") settleRequest(fact, shelf);
    const rest: Fact[] = [];
    for (const fact of waiting) if (fact.kind !== "requested" && !fitted(fact, true)) rest.push(fact);
    for (const fact of rest) {
      if (fitted(fact, false) || fact.kind !== "executed") continue;
      const draft = open(run(fact), fact, { id: null, name: fact.tool, argumentsRaw: fact.argumentsRaw });
      shelf.put(draft);
      fitted(fact, false);
    }
    waiting.length = 0;
    for (const draft of drafts) draft.offered ??= draft.run.offers.get(draft.scope.agent) ?? null;

    function fitted(fact: Fact, strict: boolean): boolean {
      const draft = shelf.fit(fact, toolOf(fact), rawOf(fact), strict);
      if (draft === null) return false;
      shelf.link(draft, fact);
      give(draft, fact);
      return true;
    }
  }

  function settleRequest(fact: Extract<Fact, { kind: "requested" }>, shelf: ReturnType<typeof createShelf>): void {
    const isHistory = fact.index === HISTORY;
    const known = isHistory ? shelf.any(fact.call.name, fact.call.argumentsRaw) : null;
    const turn = turns.at(fact);
    const draft = known ?? open(turn?.run ?? run(fact), fact, { ...fact.call, id: null });
    draft.turn ??= turn;
    draft.offered ??= turn?.offered ?? null;
    if (isHistory) draft.inHistory ??= fact.evidence;
    else draft.requests.push(fact);
    if (known === null) shelf.put(draft);
    note(draft, fact);
  }

  return { take, settle, runs, drafts };
}

/** Some frameworks write what happened into the last user message: it grows where others add messages. */
function hasGrown(before: readonly Message[] | null | undefined, now: readonly Message[]): boolean {
  if (before === null || before === undefined || before.length === 0) return false;
  const at = before.findIndex((message, n) => message !== now[n]);
  const [old, grown] = [before[at], now[at]];
  return (
    old !== undefined &&
    grown !== undefined &&
    at === before.length - 1 &&
    old.role === grown.role &&
    old.text !== null &&
    grown.text !== null &&
    grown.text.length > old.text.length &&
    grown.text.startsWith(old.text)
  );
}

const HISTORY = -1;
const RECENT = 16;
