import type { App } from "./app.ts";
import { rowOf } from "./actions/go.ts";
import { moveTo, paneOf } from "./actions/move.ts";
import { tabAt } from "./components/tab-line.ts";
import { tabbed } from "./state.ts";
import { paneAt } from "./view.ts";

/** What the terminal says of the mouse (SGR, mode 1006): columns and rows from 1. */
export interface Mouse {
  kind: "wheel-up" | "wheel-down" | "click";
  x: number;
  y: number;
}

/** Null: it is no mouse, or nothing that means anything here (a button let go, another button). */
export function mouseOf(input: string): Mouse | null {
  const match = /^\[<(\d{1,4});(\d{1,4});(\d{1,4})M$/.exec(input);
  if (match === null) return null;
  const kind = ({ 0: "click", 64: "wheel-up", 65: "wheel-down" } as const)[Number(match[1])];
  return kind === undefined ? null : { kind, x: Number(match[2]), y: Number(match[3]) };
}

/** Lines of a turn of the wheel. */
const TURN = 3;

/** The wheel moves the cursor; a click puts it there, and a second one on the same line opens it; the tabs are clicked, too. */
export function pointed(app: App, { kind, x, y }: Mouse): void {
  const state = app.store.state();
  if (kind !== "click") return moveTo(app, paneOf(app).index + (kind === "wheel-up" ? -TURN : TURN));
  if (y === 1) {
    const tab = tabAt(x - 1, state.size.columns, state.stack[0]!.screen);
    if (tab !== null) app.store.set(tabbed(state, tab));
    return;
  }
  const hit = paneAt(app.view(), x - 1, y - 1);
  if (hit === null) return;
  const isThere = hit.isPreview === state.isPreview && paneOf(app).index === hit.index;
  if (hit.isPreview !== state.isPreview) app.store.set({ ...state, isPreview: hit.isPreview });
  if (isThere && rowOf(app)?.open !== undefined) app.act("open");
  else moveTo(app, hit.index);
}
