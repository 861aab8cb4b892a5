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

/** Takes what the terminal says of the mouse out of what is read, since ink passes nothing of it on; gives what ends that. */
export function watchMouse(keys: Pick<NodeJS.ReadStream, "read">, told: (mouse: Mouse) => void): () => void {
  const read = keys.read;
  keys.read = (size) => {
    for (;;) {
      const chunk: unknown = read.call(keys, size);
      if (chunk === null || !String(chunk).includes("\u001b[<")) return chunk;
      const rest = String(chunk).replace(SAID, (_, button: string, x: string, y: string, end: string) => {
        const kind = end === "M" ? KINDS[Number(button)] : undefined;
        if (kind !== undefined) told({ kind, x: Number(x), y: Number(y) });
        return "";
      });
      if (rest !== "") return rest;
    }
  };
  return () => void (keys.read = read);
}

const SAID = /\u001b\[<(\d{1,4});(\d{1,4});(\d{1,4})([Mm])/g;
/** Other buttons mean nothing here. */
const KINDS: Readonly<Record<number, Mouse["kind"]>> = { 0: "click", 64: "wheel-up", 65: "wheel-down" };

/** Lines of a turn of the wheel. */
const TURN = 3;

/** The wheel moves the cursor; a click puts it there, and a second one on the same line opens it; the tabs are clicked, too. */
export function pointed(app: App, { kind, x, y }: Mouse): void {
  const state = app.store.state();
  if (state.prompt !== null) return;
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
