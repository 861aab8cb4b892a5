import type { Feed, Snapshot } from "./feed/snapshot.ts";
import type { State } from "./state.ts";

/** The state and the data outside React. Listeners hear of keys at once, and of data at most every 50 ms. */
export interface Store {
  state(): State;
  set(state: State): void;
  snapshot(): Snapshot;
  /** Incidents in the order in which they were shown; new ones behind. */
  order(): readonly string[];
  rank(): void;
  /** What is shown is another without another state or snapshot. */
  redraw(): void;
  subscribe(listener: () => void): () => void;
  /** Changes with everything that is shown. */
  version(): number;
  close(): void;
}

const NOTIFY_MS = 50;

export function createStore(feed: Feed, first: State): Store {
  let state = first;
  let snapshot = feed.snapshot();
  let order: string[] = [];
  let version = 0;
  let timer: NodeJS.Timeout | null = null;
  let isStale = false;
  const listeners = new Set<() => void>();

  function tell(): void {
    version++;
    for (const listener of listeners) listener();
  }

  function take(): void {
    timer = null;
    if (state.isPaused) {
      isStale = true;
      return;
    }
    isStale = false;
    snapshot = feed.snapshot();
    if (snapshot.status.live === null) rankNow();
    else {
      const known = new Set(order);
      order.push(...snapshot.report.incidents.map(({ id }) => id).filter((id) => !known.has(id)));
    }
    tell();
  }

  function rankNow(): void {
    order = snapshot.report.incidents.map(({ id }) => id);
  }

  rankNow();
  const leave = feed.subscribe(() => {
    timer ??= setTimeout(take, NOTIFY_MS);
  });

  return {
    state: () => state,
    set(next) {
      if (next === state) return;
      const goesOn = state.isPaused && !next.isPaused;
      state = next;
      if (goesOn && isStale) take();
      else tell();
    },
    snapshot: () => snapshot,
    order: () => order,
    rank() {
      rankNow();
      tell();
    },
    redraw: tell,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    version: () => version,
    close() {
      leave();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
