import type { Fact } from "../records/fact.ts";
import type { RequestedCall } from "../records/records.ts";
import { sameArguments } from "./arguments.ts";
import { isWeakId } from "./draft.ts";
import type { Draft, TurnDraft } from "./draft.ts";
import { has, toolOf } from "./give.ts";
import { placeOf } from "./order.ts";

/** The calls of a partition by their id. An id may come again: counted up anew in each answer, or given twice by mistake. */
export interface IdIndex {
  add(draft: Draft): void;
  /** The call that such a request shows once more; null when it is a new one. */
  known(fact: Extract<Fact, { kind: "requested" }>, turn: TurnDraft | null): Draft | null;
  /** The call of a history that is this one: with the same arguments, else the last of that id that is not told of above. */
  inHistory(call: RequestedCall, above: ReadonlySet<Draft>): Draft | null;
  /** The call that waits for such a fact: the first one of the last turn without it. */
  waiting(fact: Fact, id: string): Draft | null;
  last(id: string): Draft | null;
}

/** Where ids repeat, older calls are over. */
const RECENT = 16;

export function createIdIndex(): IdIndex {
  const byId = new Map<string, Draft[]>();
  const recent = (id: string | null): Draft[] => (id === null ? [] : (byId.get(id)?.slice(-RECENT) ?? []));

  return {
    add(draft) {
      if (draft.id === null) return;
      const drafts = byId.get(draft.id);
      if (drafts === undefined) byId.set(draft.id, [draft]);
      else drafts.push(draft);
    },
    known: (fact, turn) => recent(fact.call.id).findLast((draft) => isSameCall(draft, fact, turn)) ?? null,
    inHistory(call, above) {
      const drafts = recent(call.id).filter((one) => !above.has(one));
      return drafts.findLast((one) => sameArguments(one.argumentsRaw, call.argumentsRaw)) ?? drafts.at(-1) ?? null;
    },
    waiting(fact, id) {
      const tool = toolOf(fact);
      const fits = recent(id).filter((draft) => tool === null || draft.tool === null || draft.tool === tool);
      const last = fits.at(-1);
      const free = fits.filter((draft) => !has(draft, fact));
      return free.find(({ turn }) => turn === last?.turn) ?? free[0] ?? last ?? null;
    },
    last: (id) => byId.get(id)?.at(-1) ?? null,
  };
}

function isSameCall(draft: Draft, fact: Extract<Fact, { kind: "requested" }>, turn: TurnDraft | null): boolean {
  const { call } = fact;
  if (draft.tool !== null && call.name !== null && draft.tool !== call.name) return false;
  const place = placeOf(fact);
  // two calls of one answer that share an id are two calls
  if (draft.requests.some((other) => placeOf(other) === place && other.index !== fact.index)) return false;
  if (!sameArguments(draft.argumentsRaw, call.argumentsRaw)) return false;
  const isOver = draft.results.length > 0 || draft.executions.some(({ outcome }) => outcome !== "started");
  const isRepeat = draft.requests.length > 0 && isWeakId(call.id ?? "") && (turn === null || turn !== draft.turn);
  return !(isOver && isRepeat);
}
