import type { App } from "../app.ts";
import { placeOf, withCursor } from "../state.ts";
import { cursorAt, START } from "../window.ts";
import type { PaneView } from "../view.ts";

export const MOVE = {
  down: (app: App) => moveBy(app, 1),
  up: (app: App) => moveBy(app, -1),
  "page-down": (app: App) => moveBy(app, Math.max(1, paneOf(app).height - 1)),
  "page-up": (app: App) => moveBy(app, -Math.max(1, paneOf(app).height - 1)),
  top: (app: App) => moveTo(app, 0),
  bottom(app: App) {
    moveTo(app, paneOf(app).rows.count - 1);
    const state = app.store.state();
    if (placeOf(state).screen === "logs") app.store.set({ ...state, follows: true });
  },
  "next-failure": (app: App) => moveToFailure(app, 1),
  "previous-failure": (app: App) => moveToFailure(app, -1),
};

/** The pane that has the keys. */
export function paneOf(app: App): PaneView {
  const { main, preview } = app.view();
  return preview?.hasKeys ? preview : main;
}

export function moveTo(app: App, index: number): void {
  const state = app.store.state();
  const { rows, height, hasKeys } = paneOf(app);
  if (!hasKeys && state.isPreview) return;
  if (state.isPreview && app.view().preview !== null) {
    app.store.set({ ...state, preview: cursorAt(rows, index, state.preview, height) });
    return;
  }
  const before = state.follows ? { ...START, ...atView(app) } : placeOf(state).cursor;
  const moved = withCursor({ ...state, follows: false, preview: START }, cursorAt(rows, index, before, height));
  app.store.set(moved);
}

function atView(app: App): { id: string | null; index: number; top: number } {
  const { index, top, rows } = app.view().main;
  return { id: rows.count === 0 ? null : rows.at(index).id, index, top };
}

function moveBy(app: App, step: number): void {
  moveTo(app, paneOf(app).index + step);
}

function moveToFailure(app: App, step: 1 | -1): void {
  const { rows, index } = paneOf(app);
  const target = rows.failure(index, step);
  if (target >= 0) moveTo(app, target);
  else app.store.set({ ...app.store.state(), message: step === 1 ? "no failure below" : "no failure above" });
}
