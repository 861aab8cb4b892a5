import type { Fact } from "../records/fact.ts";
import type { RequestedCall } from "../records/records.ts";
import { equip, newDraft, newRun, offersTo, touch } from "./draft.ts";
import type { Draft, RunDraft } from "./draft.ts";
import { callIn, give, idOf, isFurtherDown, learn, note, rawOf, resultIn, toolOf } from "./give.ts";
import { createHistories } from "./history.ts";
import type { Placement } from "./history.ts";
import { createIdIndex } from "./id-index.ts";
import { runOfHistory } from "./lineage.ts";
import { createShelf, slotOf } from "./shelf.ts";
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
  const ids = createIdIndex();
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
      if (fact.to === "agent") equip(run(fact), fact.scope.agent, fact.tools);
      else turns.offer(fact);
      run(fact).defined.push(fact.tools);
    } else if (fact.kind === "asked") asked(fact);
    else if (fact.kind === "answered" || fact.kind === "model-failed") turns.answer(fact, () => run(fact));
    else if (fact.kind === "requested") requested(fact);
    else if (idOf(fact) !== null) byCallId(fact, idOf(fact)!);
    else waiting.push(fact);
  }

  function asked(fact: Extract<Fact, { kind: "asked" }>): void {
    const placement = histories.place(fact.messages);
    const own =
      rank >= LOOSE ? (runOfHistory(placement, current, (id) => ids.last(id)?.run ?? null) ?? begin(fact)) : run(fact);
    current = own;
    touch(own, fact);
    placement.claim(own);
    turns.ask(fact, own, placement.messages);
    readHistory(placement, fact, own);
  }

  /** What this request shows for the first time of calls and their results. */
  function readHistory(placement: Placement, fact: Fact, own: RunDraft): void {
    const fresh = placement.messages.slice(placement.known);
    const answered = new Set(fresh.flatMap((m) => m.results.map(({ callId }) => callId)));
    const above = new Set<Draft>();
    for (const [n, message] of fresh.entries()) {
      for (const call of message.calls) {
        const here = { ...fact, evidence: callIn(fact.evidence, call, placement.known + n) };
        const draft = historyCall(call, here, own, above);
        if (draft !== null) above.add(draft);
        if (draft === null || answered.has(call.id) || n === fresh.length - 1) continue;
        if (draft.results.every(({ seenBy }) => seenBy !== "request")) draft.missingIn ??= fact.evidence;
      }
      for (const result of message.results) {
        const { scope, time } = fact;
        const evidence = resultIn(fact.evidence, result, placement.known + n);
        const seen: Fact = { scope, evidence, time, kind: "returned", result, seenBy: "request" };
        if (idOf(seen) === null) waiting.push(seen);
        else byCallId(seen, idOf(seen)!);
      }
    }
  }

  function historyCall(call: RequestedCall, fact: Fact, own: RunDraft, above: ReadonlySet<Draft>): Draft | null {
    if (call.id === null || call.id === "") {
      const { scope, evidence, time } = fact;
      waiting.push({ scope, evidence, time, kind: "requested", call, index: HISTORY });
      return null;
    }
    const draft = ids.inHistory(call, above) ?? open(own, fact, call);
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
    const draft = ids.known(fact, turn) ?? open(own, fact, call);
    if (draft.requests.length === 0) {
      draft.scope = fact.scope;
      draft.time = fact.time;
    }
    if (turn !== null && draft.turn === null) {
      draft.turn = turn;
      draft.run = own;
    }
    draft.seenIn.add(draft.run);
    draft.offered ??= turn?.offered ?? offersTo(own, fact.scope.agent);
    note(draft, fact);
    draft.requests.push(fact);
    learn(draft, call);
  }

  function open(own: RunDraft, fact: Fact, call: RequestedCall): Draft {
    const draft = newDraft(own, fact, call.id, call.name, call.argumentsRaw);
    draft.reparsed = call.parsed === true;
    drafts.push(draft);
    ids.add(draft);
    return draft;
  }

  function byCallId(fact: Fact, id: string): void {
    const draft = ids.waiting(fact, id) ?? open(run(fact), fact, { id, name: toolOf(fact), argumentsRaw: rawOf(fact) });
    draft.told.add(slotOf(fact));
    give(draft, fact);
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
    for (const draft of drafts) draft.offered ??= offersTo(draft.run, draft.scope.agent);

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
    const { name, argumentsRaw } = fact.call;
    // Gemini's answers have no ids; frameworks make some up for the history
    const same = isHistory ? shelf.any(name, argumentsRaw) : shelf.shown(name, argumentsRaw);
    const known = same !== null && isHistory && isFurtherDown(fact.evidence, same.inHistory) ? null : same;
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

const HISTORY = -1;
