import { HANDLERS } from "./actions/index.ts";
import type { Effects } from "./actions/effects.ts";
import { editPrompt } from "./actions/prompt.ts";
import { actionOf, keyNames, type ActionName, type Pressed } from "./keys.ts";
import { placeOf } from "./state.ts";
import type { Store } from "./store.ts";
import type { View } from "./view.ts";

/** What a key does is done to this. */
export interface App {
  store: Store;
  effects: Effects;
  view(): View;
  /** One action by its name. */
  act(action: ActionName): void;
  /** What the terminal read. */
  press(input: string, key: Pressed): void;
}

export function createApp(store: Store, view: () => View, effects: Effects): App {
  const app: App = {
    store,
    effects,
    view,
    act(action) {
      HANDLERS[action](app);
    },
    press(input, key) {
      for (const name of keyNames(input, key)) {
        const state = store.state();
        if (name === "ctrl-c") app.act("quit");
        else if (state.prompt !== null) editPrompt(app, name);
        else {
          if (state.message !== null) store.set({ ...state, message: null });
          const action = actionOf(name, placeOf(state).screen);
          if (action !== null) app.act(action);
        }
      }
    },
  };
  return app;
}
