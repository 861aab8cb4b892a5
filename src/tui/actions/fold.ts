import type { App } from "../app.ts";
import { moveTo, paneOf } from "./move.ts";
import { rowOf } from "./go.ts";

export const FOLD = {
  /** Of a consequence: hides it with the others, and goes to where they come from. */
  fold(app: App) {
    const row = rowOf(app);
    const state = app.store.state();
    const root = row?.root;
    if (root === undefined) return app.store.set({ ...state, message: "nothing followed from this" });
    const { rows } = paneOf(app);
    const open = state.unfolded === "all" ? rootsOf(app) : new Set(state.unfolded);
    if (!open.delete(root)) open.add(root);
    app.store.set({ ...state, unfolded: open });
    const at = rows.indexOf(root);
    if (row?.id !== root && at >= 0) moveTo(app, at);
  },
  "fold-all"(app: App) {
    const state = app.store.state();
    const root = rowOf(app)?.root;
    app.store.set({ ...state, unfolded: state.unfolded === "all" ? new Set() : "all" });
    const at = root === undefined ? -1 : paneOf(app).rows.indexOf(root);
    if (state.unfolded === "all" && at >= 0) moveTo(app, at);
  },
  mouse(app: App) {
    const state = app.store.state();
    const hasMouse = !state.hasMouse;
    app.effects.mouse(hasMouse);
    const message = hasMouse
      ? "wheel and clicks are on; hold Shift to select text, m ends it"
      : "the mouse is the terminal's own again";
    app.store.set({ ...state, hasMouse, message });
  },
};

function rootsOf(app: App): Set<string> {
  return new Set(app.store.snapshot().report.incidents.map(({ id }) => id));
}
