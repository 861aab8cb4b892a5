import type { ScreenName } from "./screens.ts";

/**
 * Every key of the terminal app: the bindings, the help screen, the hints of the status bar and docs/tui.md come from
 * here. Names are those of `keyName`. A binding with `on` holds on these screens alone.
 */
export const KEYS = [
  { action: "down", keys: ["j", "down"], group: "Move", says: "down" },
  { action: "up", keys: ["k", "up"], group: "Move", says: "up" },
  { action: "page-down", keys: ["pagedown", "ctrl-d", "ctrl-f"], group: "Move", says: "a page down" },
  { action: "page-up", keys: ["pageup", "ctrl-u", "ctrl-b", "b"], group: "Move", says: "a page up" },
  { action: "top", keys: ["g", "home"], group: "Move", says: "to the beginning" },
  { action: "bottom", keys: ["G", "end"], group: "Move", says: "to the end; in the logs: and follow" },
  { action: "next-failure", keys: ["e"], group: "Move", says: "next failure", hint: "failure" },
  { action: "previous-failure", keys: ["E"], group: "Move", says: "previous failure" },
  {
    action: "fold",
    keys: ["z"],
    group: "Go",
    says: "show or hide what followed from the incident",
    on: ["incidents"],
    hint: "fold",
  },
  { action: "fold-all", keys: ["Z"], group: "Go", says: "the same for all incidents", on: ["incidents"] },
  { action: "open", keys: ["enter", "l", "right"], group: "Go", says: "open what the cursor is on", hint: "open" },
  { action: "back", keys: ["esc", "h", "left", "backspace"], group: "Go", says: "back", hint: "back" },
  { action: "pane", keys: ["tab"], group: "Go", says: "next pane, or next screen where there is one pane" },
  { action: "pane-back", keys: ["shift-tab"], group: "Go", says: "previous pane or screen" },
  { action: "go-1", keys: ["1"], group: "Go", says: "incidents" },
  { action: "go-2", keys: ["2"], group: "Go", says: "runs" },
  { action: "go-3", keys: ["3"], group: "Go", says: "calls" },
  { action: "go-4", keys: ["4"], group: "Go", says: "logs" },
  { action: "go-5", keys: ["5"], group: "Go", says: "statistics" },
  { action: "go-6", keys: ["6"], group: "Go", says: "coverage" },
  { action: "search", keys: ["/"], group: "Find", says: "search: a regular expression", hint: "search" },
  { action: "search-next", keys: ["n"], group: "Find", says: "next match" },
  { action: "search-previous", keys: ["N"], group: "Find", says: "previous match" },
  {
    action: "filter",
    keys: ["f"],
    group: "Find",
    says: 'filter: tool:get_claim layer:arguments is:masked since:10m -model:mini "text"',
    hint: "filter",
  },
  {
    action: "kind",
    keys: ["s"],
    group: "Find",
    says: "all, failed, masked, recovered, unanswered calls",
    on: ["calls"],
    hint: "kind",
  },
  { action: "copy", keys: ["y"], group: "Take", says: "copy what the cursor is on", hint: "copy" },
  { action: "copy-fix", keys: ["c"], group: "Take", says: "copy the fix of the incident" },
  { action: "copy-markdown", keys: ["Y"], group: "Take", says: "copy the incident as Markdown" },
  { action: "editor", keys: ["o"], group: "Take", says: "open the evidence in $EDITOR" },
  {
    action: "export",
    keys: ["x"],
    group: "Take",
    says: "write the incident (Markdown) or the report (JSON) to a file",
  },
  { action: "pause", keys: ["space"], group: "Live", says: "pause; again: go on", hint: "pause" },
  {
    action: "follow",
    keys: ["t"],
    group: "Live",
    says: "follow the end of the logs",
    on: ["logs"],
    hint: "follow",
  },
  { action: "rank", keys: ["r"], group: "Live", says: "rank anew what came meanwhile", on: ["incidents"] },
  {
    action: "mouse",
    keys: ["m"],
    group: "Other",
    says: "wheel and clicks, or (as at the start) the terminal's own selection",
  },
  { action: "command", keys: [":"], group: "Other", says: "any of these by name" },
  { action: "help", keys: ["?"], group: "Other", says: "this help", hint: "help" },
  { action: "redraw", keys: ["ctrl-l"], group: "Other", says: "draw the screen anew" },
  { action: "quit", keys: ["q", "ctrl-c"], group: "Other", says: "quit", hint: "quit" },
] as const satisfies readonly Binding[];

export interface Binding {
  action: string;
  keys: readonly string[];
  group: string;
  /** For the help. */
  says: string;
  /** A word for the status bar, in which the others do not stand. */
  hint?: string;
  on?: readonly ScreenName[];
}

export type ActionName = (typeof KEYS)[number]["action"];

/** What a key does on a screen; null: nothing. */
export function actionOf(name: string, screen: ScreenName): ActionName | null {
  const binding = (KEYS as readonly Binding[]).find(
    ({ keys, on }) => keys.includes(name) && (on === undefined || on.includes(screen)),
  );
  return (binding?.action as ActionName | undefined) ?? null;
}

/** What the terminal library says of a key. */
export interface Pressed {
  upArrow: boolean;
  downArrow: boolean;
  leftArrow: boolean;
  rightArrow: boolean;
  pageDown: boolean;
  pageUp: boolean;
  home: boolean;
  end: boolean;
  return: boolean;
  escape: boolean;
  ctrl: boolean;
  shift: boolean;
  tab: boolean;
  backspace: boolean;
  delete: boolean;
}

const SPECIAL: readonly (readonly [keyof Pressed, string])[] = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["pageDown", "pagedown"],
  ["pageUp", "pageup"],
  ["home", "home"],
  ["end", "end"],
  ["return", "enter"],
  ["escape", "esc"],
  ["backspace", "backspace"],
  ["delete", "backspace"],
];

/** The names of what was pressed: one, or one for each letter where several came at once. */
export function keyNames(input: string, key: Pressed): string[] {
  if (key.tab) return [key.shift ? "shift-tab" : "tab"];
  const special = SPECIAL.find(([flag]) => key[flag]);
  if (special !== undefined) return [special[1]];
  if (key.ctrl) return [`ctrl-${input}`];
  // several came at once: pasted, or typed faster than they were read
  return [...input].map(charName);
}

function charName(char: string): string {
  if (char === " ") return "space";
  if (char === "\r" || char === "\n") return "enter";
  if (char === "\t") return "tab";
  if (char === "\u007f" || char === "\b") return "backspace";
  if (char === "\u001b") return "esc";
  return char < " " ? `ctrl-${String.fromCharCode(char.charCodeAt(0) + 96)}` : char;
}
