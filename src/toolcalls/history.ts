import type { Message } from "../records/records.ts";
import type { RunDraft } from "./draft.ts";

/** All histories that were sent, as one tree: each request shows the ones before it again, and is longer by a little. */
export interface Histories {
  /** Places a history. `known` messages at its start were there before; `messages` shares the objects of equal ones. */
  place(messages: readonly Message[]): Placement;
}

export interface Placement {
  messages: Message[];
  known: number;
  /** Runs whose last request was the longest known beginning of this history (at most 64); `exact` when it was all of it. */
  runs: RunDraft[];
  exact: boolean;
  /** Says that the run's last request ends here. */
  claim(run: RunDraft): void;
}

export function createHistories(): Histories {
  const root = node();
  const shared = new Map<string, Message>();
  const endOf = new Map<RunDraft, Node>();

  function place(messages: readonly Message[]): Placement {
    const same: Message[] = [];
    let [at, known] = [root, 0];
    let longest: Node | null = null;
    for (const [n, message] of messages.entries()) {
      const key = keyOf(message);
      const one = shared.get(key) ?? message;
      if (one === message) shared.set(key, message);
      same.push(one);
      let next = at.children.get(one);
      if (next === undefined) at.children.set(one, (next = node()));
      else if (known === n) known = n + 1;
      at = next;
      if (at.ended.size > 0) longest = at;
    }
    const claim = (run: RunDraft): void => {
      endOf.get(run)?.ended.delete(run);
      at.ended.add(run);
      endOf.set(run, at);
    };
    const runs = longest === null ? [] : [...longest.ended.values().take(MOST_RUNS)];
    return { messages: same, known, runs, exact: longest === at, claim };
  }

  return { place };
}

const MOST_RUNS = 64;

interface Node {
  children: Map<Message, Node>;
  ended: Set<RunDraft>;
}

function node(): Node {
  return { children: new Map(), ended: new Set() };
}

function keyOf(message: Message): string {
  let key = KEYS.get(message);
  if (key === undefined)
    KEYS.set(message, (key = JSON.stringify([message.role, message.text, message.calls, message.results])));
  return key;
}

/** The requests of a run share the messages that they repeat. */
const KEYS = new WeakMap<Message, string>();
