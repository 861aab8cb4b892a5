import type { App } from "../app.ts";
import type { Row } from "../rows.ts";
import { TABS, tabOf, type ScreenName } from "../screens.ts";
import { backed, opened, placeOf, tabbed, type State } from "../state.ts";
import { START } from "../window.ts";
import { paneOf } from "./move.ts";

export const GO = {
  open(app: App) {
    const row = rowOf(app);
    if (row?.open !== undefined) app.store.set(openedRow(app, row, row.open));
  },
  back: (app: App) => app.store.set(backed(app.store.state())),
  pane: (app: App) => changePane(app, 1),
  "pane-back": (app: App) => changePane(app, -1),
  "go-1": (app: App) => app.store.set(tabbed(app.store.state(), TABS[0])),
  "go-2": (app: App) => app.store.set(tabbed(app.store.state(), TABS[1])),
  "go-3": (app: App) => app.store.set(tabbed(app.store.state(), TABS[2])),
  "go-4": (app: App) => app.store.set(tabbed(app.store.state(), TABS[3])),
  "go-5": (app: App) => app.store.set(tabbed(app.store.state(), TABS[4])),
  "go-6": (app: App) => app.store.set(tabbed(app.store.state(), TABS[5])),
  help(app: App) {
    const state = app.store.state();
    app.store.set(placeOf(state).screen === "help" ? backed(state) : opened(state, "help", ""));
  },
  redraw: (app: App) => app.effects.redraw(),
  quit: (app: App) => app.effects.quit(),
};

/** The row under the cursor. */
export function rowOf(app: App): Row | undefined {
  const { rows, index } = paneOf(app);
  return rows.count === 0 ? undefined : rows.at(index);
}

function openedRow(app: App, row: Row, { screen, subject }: { screen: ScreenName; subject: string }): State {
  const state = app.store.state();
  const seen = row.incident === undefined ? state.seen : new Set([...state.seen, row.incident]);
  if (screen !== "logs") return opened({ ...state, seen }, screen, subject);
  // a place in the logs: the cursor goes to it, with some lines above
  const { lines } = app.store.snapshot();
  const colon = subject.lastIndexOf(":");
  const index = lines.find(subject.slice(0, colon), Number(subject.slice(colon + 1)));
  const cursor = index < 0 ? START : { id: subject, index, top: Math.max(0, index - 5) };
  return opened({ ...state, seen }, screen, "", cursor);
}

function changePane(app: App, step: 1 | -1): void {
  const state = app.store.state();
  if (app.view().preview !== null) return app.store.set({ ...state, isPreview: !state.isPreview });
  const at = (TABS as readonly ScreenName[]).indexOf(tabOf(state.stack[0]!.screen));
  app.store.set(tabbed(state, TABS[(at + step + TABS.length) % TABS.length]!));
}
