/**
 * docs/tui/*.svg: each screen of the terminal app as it is drawn, from real captures; and the key table of docs/tui.md.
 * `node scripts/tui-pictures.ts` writes them, with `--check` it says which are stale.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { KEYS, type ActionName, type Binding } from "../src/tui/keys.ts";
import { keyLabel } from "../src/tui/screens/help.ts";
import type { Feed } from "../src/tui/feed/snapshot.ts";
import { LIVE_SCENES, openPipe, TYPED } from "./tui/live.ts";
import { filmOf, svgOf } from "./tui/svg.ts";

process.env["NODE_ENV"] = "production";
const { render } = await import("ink");
const { createElement } = await import("react");
const { createApp } = await import("../src/tui/app.ts");
const { AppView } = await import("../src/tui/components/app-view.ts");
const { openExploration } = await import("../src/tui/feed/explore.ts");
const { createLiveFeed } = await import("../src/tui/feed/live.ts");
const { openDirect, reading } = await import("../test/tui/direct.ts");
const { initialState } = await import("../src/tui/state.ts");
const { createStore } = await import("../src/tui/store.ts");
const { createViewer } = await import("../src/tui/view.ts");

const root = new URL("../", import.meta.url);
process.chdir(new URL(".", root).pathname);
const SAMPLES = [
  "samples/signature-mismatch/console.log",
  "samples/shared-state/console.log",
  "samples/invalid-json/console.log",
];
const TRACES = "test/captures/ai-sdk@7.0.173/healthy-eight-at-once+native/requests.jsonl";
const SPANS = "test/captures/ai-sdk@7.0.173/slow-tool-abort+native/traces.jsonl";
const SIZE = { columns: 110, rows: 30 };

/** Name, inputs, and the actions that lead to the screen. */
const PICTURES = [
  { name: "incidents", inputs: SAMPLES, size: { columns: 110, rows: 42 }, actions: ["down"] },
  { name: "incident", inputs: SAMPLES, actions: ["down", "open"] },
  { name: "run", inputs: [SPANS], actions: ["go-2", "open"] },
  { name: "calls", inputs: [...SAMPLES, TRACES], actions: ["go-3"] },
  { name: "logs", inputs: [SAMPLES[0]!], actions: ["go-4", "next-failure"] },
  { name: "stats", inputs: [...SAMPLES, TRACES], actions: ["go-5"] },
  { name: "coverage", inputs: SAMPLES, actions: ["go-6"] },
  { name: "help", inputs: [SAMPLES[0]!], actions: ["help"], size: { columns: 110, rows: 50 } },
] as const;

const check = process.argv.includes("--check");
mkdirSync(new URL("docs/tui/", root), { recursive: true });
let stale = 0;
for (const { name, inputs, actions, ...more } of PICTURES)
  keep(`docs/tui/${name}.svg`, svgOf(await frameOf(inputs, actions, "size" in more ? more.size : SIZE), name));
// rates and memory are others each time
if (!check) keep("docs/tui/live.svg", filmOf(await film({ columns: 100, rows: 26 }), "a log that is piped in, live"));
keep(
  "docs/tui.md",
  readFileSync(new URL("docs/tui.md", root), "utf8").replace(
    /(<!-- keys -->\n)[^]*(?=<!-- \/keys -->)/,
    `$1${keyTable()}`,
  ),
);
process.exitCode = check && stale > 0 ? 1 : 0;

async function frameOf(
  inputs: readonly string[],
  actions: readonly string[],
  size: { columns: number; rows: number },
): Promise<string[]> {
  const exploration = openExploration(reading(inputs), openDirect);
  await exploration.read();
  const shown = show(exploration, size);
  for (const action of actions) shown.app.act(action as ActionName);
  const frame = await shown.frame();
  shown.close();
  return frame;
}

/** A log that comes through a pipe, while one looks. */
async function film(size: { columns: number; rows: number }) {
  const feed = createLiveFeed(openDirect);
  const pipe = openPipe(feed);
  const shown = show(feed, size);
  const frames = [{ lines: padded(TYPED, size.rows), seconds: 1.2 }];
  for (const { log, causes, actions, seconds } of LIVE_SCENES) {
    await pipe(log, causes);
    for (const action of actions) shown.app.act(action as ActionName);
    frames.push({ lines: await shown.frame(), seconds });
  }
  shown.close();
  return frames;
}

function padded(lines: readonly string[], rows: number): string[] {
  return [...lines, ...Array.from({ length: rows - lines.length }, () => "")];
}

/** The app over a feed, drawn without a terminal. */
function show(feed: Feed, size: { columns: number; rows: number }) {
  const store = createStore(feed, initialState("incidents", size));
  const nothing = (): void => {};
  const effects = {
    copy: nothing,
    edit: async () => null,
    write: () => "",
    mouse: nothing,
    redraw: nothing,
    quit: nothing,
  };
  const app = createApp(store, createViewer(store, true), effects);
  const frames: string[] = [];
  const stdout = Object.assign(new PassThrough(), size, { write: (frame: string) => (frames.push(frame), true) });
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: nothing, ref: nothing, unref: nothing });
  const ink = render(createElement(AppView, { app, color: true, suspend: nothing }), {
    stdout: stdout as unknown as NodeJS.WriteStream,
    stdin: stdin as unknown as NodeJS.ReadStream,
    debug: true,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  return {
    app,
    async frame(): Promise<string[]> {
      await new Promise((resolve) => setTimeout(resolve, 250));
      return (frames.findLast((frame) => frame.includes("Incidents")) ?? "").split("\n").slice(0, size.rows);
    },
    close() {
      ink.unmount();
      store.close();
      feed.stop();
    },
  };
}

function keep(path: string, text: string): void {
  const file = new URL(path, root);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  if (check) console.error(`${path} is stale: node scripts/tui-pictures.ts`);
  else writeFileSync(file, text);
  stale++;
}

function keyTable(): string {
  const rows = (KEYS as readonly Binding[]).map(({ keys, says, on, action }) => {
    const names = keys.map((key) => `\`${keyLabel(key)}\``).join(" ");
    return `| ${names} | ${says.replaceAll("|", "\\|")}${on ? ` (${on.join(", ")})` : ""} | \`:${action}\` |`;
  });
  return ["", "| Keys | | By name |", "| --- | --- | --- |", ...rows, "", ""].join("\n");
}
