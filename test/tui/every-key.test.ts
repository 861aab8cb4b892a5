import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KEYS, type ActionName, type Binding } from "../../src/tui/keys.ts";
import { TABS } from "../../src/tui/screens.ts";
import { mountFiles, type Mounted } from "./mounted.ts";

/** How a key is typed, where its name is not what is typed. */
const TYPED: Record<string, string> = {
  down: "\u001b[B",
  up: "\u001b[A",
  left: "\u001b[D",
  right: "\u001b[C",
  pagedown: "\u001b[6~",
  pageup: "\u001b[5~",
  home: "\u001b[H",
  end: "\u001b[F",
  enter: "\r",
  esc: "\u001b",
  tab: "\t",
  "shift-tab": "\u001b[Z",
  space: " ",
  backspace: "\u007f",
  ...Object.fromEntries([..."bcdflu"].map((char) => [`ctrl-${char}`, String.fromCharCode(char.charCodeAt(0) - 96)])),
};

/** Where one is before a key, by actions and what is then seen; and what is seen after it, or what was done. */
interface Check {
  before: readonly (readonly [string, string | RegExp])[];
  sees: string | RegExp;
  done?: string | RegExp;
  after?: readonly (readonly [string, string | RegExp])[];
}

const LOGS_AND_TRACES = [
  "samples/signature-mismatch/console.log",
  "samples/shared-state/console.log",
  "test/captures/ai-sdk@7.0.173/pool-exhausted+native/console.log",
];
const LOGS = [
  ["4", /\/46/],
  ["g", /[^\d]1\/46/],
] as const;
const AT_END = [...LOGS, ["G", /46\/46/]] as const;
const FIRST = [
  ["1", "over time"],
  ["g", /[^\d]1\/\d/],
] as const;
const FOLDED = [
  ["1", "over time"],
  ["/", /^\//m],
  ["too many run\r", "+1 followed"],
] as const;
const EXPECTED: Record<ActionName, Check> = {
  down: { before: LOGS, sees: /[^\d]2\/46/ },
  up: { before: AT_END, sees: /45\/46/ },
  "page-down": { before: LOGS, sees: /20\/46/ },
  "page-up": { before: AT_END, sees: /27\/46/ },
  top: { before: AT_END, sees: /[^\d]1\/46/ },
  bottom: { before: LOGS, sees: /following +46\/46/ },
  "next-failure": { before: LOGS, sees: /[^\d]3\/46/ },
  "previous-failure": { before: AT_END, sees: /4[0-5]|3\d\/46/ },
  fold: { before: FOLDED, sees: "└" },
  "fold-all": { before: FOLDED, sees: "└" },
  open: { before: FIRST, sees: "› Incident" },
  back: { before: [...FIRST, ["\r", "› Incident"]], sees: "over time" },
  pane: { before: FIRST, sees: "broke by" },
  "pane-back": { before: FIRST, sees: "understood" },
  "go-1": { before: LOGS, sees: "over time" },
  "go-2": { before: LOGS, sees: "broke by" },
  "go-3": { before: LOGS, sees: "[all]" },
  "go-4": { before: FIRST, sees: /\/46/ },
  "go-5": { before: LOGS, sees: "calls that fail, by tool" },
  "go-6": { before: LOGS, sees: "detectors that could not run" },
  search: { before: LOGS, sees: /^\//m, after: [["\u001b", "failure"]] },
  "search-next": { before: [...LOGS, ["/", /^\//m], ["request 2:\r", /14\/46/], ["g", /[^\d]1\/46/]], sees: /14\/46/ },
  "search-previous": { before: [...LOGS, ["/", /^\//m], ["request 2:\r", /14\/46/], ["G", /46\/46/]], sees: /14\/46/ },
  filter: { before: LOGS, sees: "filter:", after: [["\u001b", "failure"]] },
  kind: { before: [["3", /\[(?:all|failed|masked|recovered|unanswered)\]/]], sees: /\[(?!all)\w+\]/ },
  copy: { before: LOGS, sees: "copied", done: /^copy \S/ },
  "copy-fix": { before: FIRST, sees: "copied the fix", done: /^copy \S/ },
  "copy-markdown": { before: FIRST, sees: "as Markdown", done: "copy ### " },
  editor: { before: LOGS, sees: /[^\d]1\/46/, done: /^edit .*console\.log:1$/ },
  export: { before: FIRST, sees: /wrote misfire-\w+\.md/, done: /^write misfire-\w+\.md ### / },
  pause: { before: FIRST, sees: "PAUSED", after: [[" ", /^ \d causes/m]] },
  follow: { before: LOGS, sees: /following +46\/46/ },
  rank: { before: FIRST, sees: "over time" },
  mouse: { before: FIRST, sees: "wheel and clicks are on", done: "mouse true", after: [["m", "the terminal's own"]] },
  command: { before: FIRST, sees: /^:/m, after: [["\u001b", "failure"]] },
  help: { before: FIRST, sees: ":page-down", after: [["?", "over time"]] },
  redraw: { before: FIRST, sees: "over time", done: "redraw" },
  quit: { before: FIRST, sees: "over time", done: "quit" },
};

describe("every key of the table", () => {
  let app: Mounted;
  beforeAll(async () => {
    app = await mountFiles(LOGS_AND_TRACES);
    await app.sees("over time");
  });
  afterAll(() => app.close());

  const all = (KEYS as readonly Binding[]).flatMap(({ action, keys, says }) =>
    keys.map((key) => ({ action: action as ActionName, key, says })),
  );

  it.each(all)("$key: $says", async ({ action, key }) => {
    const { before, sees, done, after = [] } = EXPECTED[action];
    for (let n = 0; n < 4; n++) await app.press("\u001b", /^ \d causes/m);
    for (const [typed, seen] of before) await app.press(typed, seen);
    const count = app.done.length;
    const frame = await app.press(TYPED[key] ?? key, sees);
    if (done !== undefined) {
      await app.until(() => app.done.length > count);
      expect(app.done.at(-1)).toMatch(done);
    }
    for (const [typed, seen] of after) await app.press(typed, seen);
    expect(frame.split("\n")).toHaveLength(24);
    if (action === "fold" || action === "fold-all") await app.press(key, /^(?!.*└)/s);
  });

  it("is in the help, and in its table of names", async () => {
    await app.press("?", ":page-down");
    app.resize(120, 100);
    const frame = await app.sees(":quit");
    for (const { action } of KEYS) expect(frame).toContain(`:${action}`);
    app.resize(100, 24);
    await app.press("?", "6 Coverage");
    expect(TABS).toHaveLength(6);
  });
});
