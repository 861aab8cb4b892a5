import type { App } from "../app.ts";
import { KEYS, type ActionName } from "../keys.ts";
import { TABS, type ScreenName } from "../screens.ts";
import { tabbed, type State } from "../state.ts";
import { searchOn } from "./find.ts";

const MOST = 500;

/** A key while something is typed at the bottom. */
export function editPrompt(app: App, name: string): void {
  const state = app.store.state();
  const { prompt } = state;
  if (prompt === null) return;
  const typed = (text: string): void => app.store.set({ ...state, prompt: { ...prompt, text: text.slice(0, MOST) } });
  if (name === "enter") return accept(app, { ...state, prompt: null }, prompt.kind, prompt.text);
  if (name === "esc" || (name === "backspace" && prompt.text === "")) return app.store.set({ ...state, prompt: null });
  if (name === "backspace") return typed([...prompt.text].slice(0, -1).join(""));
  if (name === "ctrl-u") return typed("");
  if (name === "ctrl-w") return typed(prompt.text.replace(/\S+\s*$/, ""));
  if (name === "tab" && prompt.kind === "command") return typed(commandsLike(prompt.text)[0] ?? prompt.text);
  const char = name === "space" ? " " : name;
  if ([...char].length === 1 && char >= " ") typed(prompt.text + char);
}

function accept(app: App, state: State, kind: string, text: string): void {
  if (kind === "filter") return app.store.set({ ...state, filter: text.trim() });
  if (kind === "search") {
    app.store.set({ ...state, search: text });
    if (text !== "") searchOn(app, 1);
    return;
  }
  app.store.set(state);
  command(app, text.trim());
}

/** A screen or an action by its name, as far as it is one alone. */
function command(app: App, text: string): void {
  if (text === "") return;
  const like = commandsLike(text);
  const name = like.includes(text) ? text : like.length === 1 ? like[0]! : null;
  if (name === null) {
    const message = like.length > 1 ? `:${text} may be ${like.join(", ")}` : `there is no command ${text}; ? shows all`;
    app.store.set({ ...app.store.state(), message });
  } else if ((TABS as readonly string[]).includes(name)) app.store.set(tabbed(app.store.state(), name as ScreenName));
  else app.act(name as ActionName);
}

export function commandsLike(text: string): string[] {
  const names = [
    ...TABS,
    ...KEYS.map(({ action }) => action).filter((action) => !action.startsWith("go-") && action !== "command"),
  ];
  return [...new Set(names.filter((name) => name.startsWith(text)))];
}
