import type { App } from "../app.ts";
import { moveTo } from "./move.ts";

export const LIVE = {
  pause(app: App) {
    const state = app.store.state();
    app.store.set({ ...state, isPaused: !state.isPaused });
  },
  follow(app: App) {
    const state = app.store.state();
    if (!state.follows) return app.store.set({ ...state, follows: true });
    // the cursor stays where it was followed to
    moveTo(app, app.view().main.index);
  },
  rank: (app: App) => app.store.rank(),
};
