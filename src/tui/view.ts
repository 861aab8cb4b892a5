import { paintOf } from "../reporters/text/paint.ts";
import { filterOf, type Matches } from "./filter.ts";
import type { Drawn, Scene } from "./screens/screen.ts";
import { SCREENS } from "./screens/index.ts";
import { createLineFilter } from "./logs/line-filter.ts";
import { placeOf, type State } from "./state.ts";
import type { Store } from "./store.ts";
import { windowOf } from "./window.ts";

/** A pane with what of it is seen. */
export interface PaneView extends Drawn {
  width: number;
  height: number;
  index: number;
  top: number;
  hasKeys: boolean;
}

/** What is on the screen: the shown screen, and the incident under the cursor beside or below it where there is room. */
export interface View {
  main: PaneView;
  preview: PaneView | null;
  isWide: boolean;
  problem: string | null;
}

export const SMALLEST = { columns: 50, rows: 12 };
/** Above: tabs, a rule. Below: status, hints. */
const ABOVE = 2;
const AROUND = ABOVE + 2;
const WIDE = 160;
const TALL = 40;

/** Makes views of a store, and keeps those parts that did not change. */
export function createViewer(store: Store, color: boolean): () => View {
  const cached = new Map<string, { data: unknown; key: string; drawn: Drawn }>();
  const paint = paintOf(color);
  const lineFilter = createLineFilter(() => {
    looked++;
    store.redraw();
  });
  let looked = 0;
  let view: View | null = null;
  let viewed = -1;

  function drawn(slot: string, scene: Scene, screen: keyof typeof SCREENS, key: string): Drawn {
    const known = cached.get(slot);
    // between two reports only the logs and what was read grow
    const data = GROWING.has(screen) ? `${scene.snapshot.version} ${looked}` : scene.snapshot.data;
    if (known?.data === data && known.key === key) return known.drawn;
    const fresh = SCREENS[screen](scene);
    cached.set(slot, { data, key, drawn: fresh });
    return fresh;
  }

  function make(): View {
    const state = store.state();
    const snapshot = store.snapshot();
    const { columns, rows } = state.size;
    const height = Math.max(1, rows - AROUND);
    const place = placeOf(state);
    const hasPreview =
      place.screen === "incidents" && snapshot.report.incidents.length > 0 && (columns >= WIDE || rows >= TALL);
    const isWide = columns >= WIDE;
    const width = hasPreview && isWide ? Math.floor(columns * 0.55) : columns;
    const mainHeight = hasPreview && !isWide ? Math.max(8, Math.floor(height * 0.35)) : height;
    const { matches, problem } = matchesOf(state);
    const scene = {
      snapshot,
      width,
      height: mainHeight,
      paint,
      color,
      matches,
      filter: filterText(state),
      lineFilter,
      kind: state.kind,
      seen: state.seen,
      unfolded: state.unfolded,
      order: store.order(),
      subject: place.subject,
      isPreview: false,
    };
    const key = [
      place.screen,
      place.subject,
      width,
      mainHeight,
      filterText(state),
      state.kind,
      state.seen.size,
      state.unfolded === "all" ? "all" : [...state.unfolded].join(),
      store.order().join(),
      snapshot.status.reading === null,
      snapshot.status.live?.where,
    ].join("\u0000");
    const main = pane(
      drawn(`${place.screen}${state.stack.length}`, scene, place.screen, key),
      place.cursor,
      width,
      mainHeight,
      !state.isPreview,
      state.follows,
    );
    if (!hasPreview) return { main, preview: null, isWide, problem };
    const under = main.rows.count === 0 ? undefined : main.rows.at(main.index).incident;
    const previewWidth = isWide ? columns - width - 2 : columns;
    const previewHeight = isWide ? height : height - mainHeight - 1;
    const inner = { ...scene, width: previewWidth, height: previewHeight, subject: under ?? "", isPreview: true };
    const beside = under === undefined ? EMPTY : drawn("preview", inner, "incident", `${under} ${previewWidth}`);
    return {
      main,
      preview: pane(beside, state.preview, previewWidth, previewHeight, state.isPreview, false),
      isWide,
      problem,
    };
  }

  return () => {
    if (view === null || viewed !== store.version()) {
      view = make();
      viewed = store.version();
    }
    return view;
  };
}

/** The row at a place of the terminal, from 0; null: there is none. */
export function paneAt(
  { main, preview, isWide }: View,
  x: number,
  y: number,
): { isPreview: boolean; index: number } | null {
  const below = ABOVE + main.head.length + main.height;
  const isPreview = preview !== null && (isWide ? x >= main.width + 2 : y > below);
  const pane = isPreview ? preview : main;
  const first = (isPreview && !isWide ? below + 1 : ABOVE) + pane.head.length;
  const index = pane.top + y - first;
  return y < first || y >= first + pane.height || index >= pane.rows.count ? null : { isPreview, index };
}

const GROWING = new Set<string>(["logs", "coverage"]);

const EMPTY: Drawn = {
  head: [],
  rows: { count: 0, at: () => ({ id: "", line: "", text: "" }), indexOf: () => -1, failure: () => -1 },
};

function pane(
  { head, rows }: Drawn,
  cursor: State["preview"],
  width: number,
  height: number,
  hasKeys: boolean,
  follows: boolean,
): PaneView {
  const room = Math.max(1, height - head.length);
  const { index, top } = follows
    ? { index: Math.max(0, rows.count - 1), top: Math.max(0, rows.count - room) }
    : windowOf(cursor, rows, room);
  return { head, rows, width, height: room, index, top, hasKeys };
}

const parsed = new Map<string, { matches: Matches | null; problem: string | null }>();

/** While it is typed, the filter already holds. */
function filterText({ filter, prompt }: State): string {
  return prompt?.kind === "filter" ? prompt.text : filter;
}

function matchesOf(state: State): { matches: Matches | null; problem: string | null } {
  const text = filterText(state);
  if (text.trim() === "") return { matches: null, problem: null };
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const found = filterOf(text, Date.now());
  const result =
    "problem" in found ? { matches: null, problem: found.problem } : { matches: found.matches, problem: null };
  parsed.clear();
  parsed.set(text, result);
  return result;
}
