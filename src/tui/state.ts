import type { ScreenName } from "./screens.ts";
import { START, type Cursor } from "./window.ts";

/** What the user did, apart from the data: a plain value. */
export interface State {
  /** The last one is shown; the first is a tab. */
  stack: readonly Place[];
  /** Where the cursor was on the tabs that are not shown. */
  left: Readonly<Partial<Record<ScreenName, Cursor>>>;
  /** The second pane (where there is one) has the keys. */
  isPreview: boolean;
  preview: Cursor;
  filter: string;
  search: string;
  kind: string;
  prompt: { kind: PromptKind; text: string } | null;
  message: string | null;
  isPaused: boolean;
  /** The logs stay at their end. */
  follows: boolean;
  seen: ReadonlySet<string>;
  /** Incidents whose consequences are shown; all: of every one. */
  unfolded: ReadonlySet<string> | "all";
  /** The terminal reports the mouse. */
  hasMouse: boolean;
  size: { columns: number; rows: number };
}

export type PromptKind = "search" | "filter" | "command";

export interface Place {
  screen: ScreenName;
  subject: string;
  cursor: Cursor;
}

export function initialState(screen: ScreenName, size: State["size"]): State {
  return {
    stack: [{ screen, subject: "", cursor: START }],
    left: {},
    isPreview: false,
    preview: START,
    filter: "",
    search: "",
    kind: "all",
    prompt: null,
    message: null,
    isPaused: false,
    follows: false,
    seen: new Set(),
    unfolded: new Set(),
    hasMouse: false,
    size,
  };
}

export function placeOf({ stack }: State): Place {
  return stack.at(-1)!;
}

/** The state with the cursor of the shown screen at another place. */
export function withCursor(state: State, cursor: Cursor): State {
  return { ...state, stack: [...state.stack.slice(0, -1), { ...placeOf(state), cursor }] };
}

/** Puts a screen on top. */
export function opened(state: State, screen: ScreenName, subject: string, cursor: Cursor = START): State {
  // a circle of links must not grow for ever
  const stack = state.stack.length >= DEEPEST ? [state.stack[0]!, ...state.stack.slice(2)] : state.stack;
  return { ...state, isPreview: false, follows: false, stack: [...stack, { screen, subject, cursor }] };
}

const DEEPEST = 30;

export function backed(state: State): State {
  if (state.isPreview) return { ...state, isPreview: false };
  if (state.stack.length > 1) return { ...state, stack: state.stack.slice(0, -1) };
  return state.filter !== "" || state.search !== "" ? { ...state, filter: "", search: "" } : state;
}

export function tabbed(state: State, screen: ScreenName): State {
  const [first] = state.stack;
  const left = { ...state.left, [first!.screen]: first!.cursor };
  return {
    ...state,
    left,
    isPreview: false,
    follows: false,
    stack: [{ screen, subject: "", cursor: left[screen] ?? START }],
  };
}
