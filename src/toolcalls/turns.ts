import type { Fact } from "../records/fact.ts";
import type { Message } from "../records/records.ts";
import { fuller, newTurn, touch } from "./draft.ts";
import type { RunDraft, TurnDraft } from "./draft.ts";
import { placeOf } from "./order.ts";

/** The model requests of one partition: offer, request and answer of one span or record, or a request and the answer that comes next. */
export interface Turns {
  offer(fact: Extract<Fact, { kind: "offered" }>): void;
  ask(fact: Extract<Fact, { kind: "asked" }>, run: RunDraft, messages: Message[]): void;
  answer(fact: Extract<Fact, { kind: "answered" | "model-failed" }>, run: () => RunDraft): void;
  /** The turn that such a fact belongs to, by where it was read. */
  at(fact: Fact): TurnDraft | null;
}

export function createTurns(): Turns {
  const byPlace = new Map<string, TurnDraft>();
  let open: TurnDraft | null = null;

  function here(fact: Fact): TurnDraft {
    const place = placeOf(fact);
    let turn = byPlace.get(place);
    if (turn === undefined) byPlace.set(place, (turn = newTurn(fact)));
    return turn;
  }

  /** An offer counts as what an agent had once it stands in a model request; elsewhere it only defines tools. */
  function join(turn: TurnDraft, run: RunDraft): void {
    if (turn.run === null) run.turns.push(turn);
    turn.run = run;
    if (turn.offered !== null) run.offers.set(turn.scope.agent, turn.offered).set(null, turn.offered);
  }

  return {
    offer(fact) {
      here(fact).offered = fact.tools;
    },
    ask(fact, run, messages) {
      const turn = here(fact);
      join(turn, run);
      Object.assign(turn, {
        messages,
        options: fact.options,
        time: fact.time,
        evidence: fact.evidence,
        scope: fuller(fact.scope, turn.scope),
      });
      open = turn;
    },
    answer(fact, run) {
      const awaited =
        fact.evidence.kind !== "span" &&
        open !== null &&
        open.answer === null &&
        open.error === null &&
        sameAgent(open, fact)
          ? open
          : null;
      const turn = byPlace.get(placeOf(fact)) ?? awaited ?? here(fact);
      byPlace.set(placeOf(fact), turn);
      join(turn, turn.run ?? run());
      touch(turn.run!, fact);
      turn.scope = fuller(turn.scope, fact.scope);
      if (fact.kind === "answered")
        turn.answer = { finishReason: fact.finishReason, text: fact.text, calls: fact.calls, complete: fact.complete };
      else {
        const { status, code, param, errorType: type, message } = fact;
        turn.error = { status, code, param, type, message };
      }
    },
    at: (fact) => byPlace.get(placeOf(fact)) ?? null,
  };
}

function sameAgent(turn: TurnDraft, { scope }: Fact): boolean {
  return turn.scope.agent === null || scope.agent === null || turn.scope.agent === scope.agent;
}
