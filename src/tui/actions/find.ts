import type { App } from "../app.ts";
import { CALL_KINDS } from "../screens/calls.ts";
import { findRow, searchOf } from "../search.ts";
import type { PromptKind } from "../state.ts";
import { moveTo, paneOf } from "./move.ts";

export const FIND = {
  search: (app: App) => ask(app, "search", ""),
  "search-next": (app: App) => searchOn(app, 1),
  "search-previous": (app: App) => searchOn(app, -1),
  filter: (app: App) => ask(app, "filter", app.store.state().filter),
  command: (app: App) => ask(app, "command", ""),
  kind(app: App) {
    const state = app.store.state();
    const at = CALL_KINDS.indexOf(state.kind);
    app.store.set({ ...state, kind: CALL_KINDS[(at + 1) % CALL_KINDS.length]! });
  },
};

function ask(app: App, kind: PromptKind, text: string): void {
  app.store.set({ ...app.store.state(), message: null, prompt: { kind, text } });
}

/** Goes to the next match; a search in a long log lets keys through, and ends when another begins. */
export function searchOn(app: App, step: 1 | -1): void {
  const { search } = app.store.state();
  const pattern = searchOf(search);
  if (pattern === null) return app.store.set({ ...app.store.state(), message: "nothing to search for: press /" });
  const { rows, index } = paneOf(app);
  const { stack } = app.store.state();
  const own = ++searches;
  const goesOn = (looked: number): boolean => {
    const state = app.store.state();
    if (own !== searches || state.stack.at(-1)!.screen !== stack.at(-1)!.screen) return false;
    app.store.set({ ...state, message: `searching: ${looked} of ${rows.count} lines` });
    return true;
  };
  void findRow(rows, pattern, index, step, goesOn).then((found) => found !== null && tell(app, found, index, step));
}

function tell(app: App, found: number, from: number, step: 1 | -1): void {
  const isAround = found >= 0 && (step === 1 ? found <= from : found >= from);
  if (found >= 0) moveTo(app, found);
  const { search } = app.store.state();
  const message = found < 0 ? `not found: ${search}` : isAround ? "search went around" : null;
  app.store.set({ ...app.store.state(), message });
}

let searches = 0;
