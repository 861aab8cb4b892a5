/**
 * docs/tui/*.svg: each screen of the terminal app as it is drawn, from real captures; and the key table of docs/tui.md.
 * `node scripts/tui-pictures.ts` writes them, with `--check` it says which are stale.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { KEYS, type Binding } from "../src/tui/keys.ts";
import { keyLabel } from "../src/tui/screens/help.ts";
import { svgOf } from "./tui/svg.ts";

process.env["NODE_ENV"] = "production";
const { render } = await import("ink");
const { createElement } = await import("react");
const { createApp } = await import("../src/tui/app.ts");
const { AppView } = await import("../src/tui/components/app-view.ts");
const { openExploration } = await import("../src/tui/feed/explore.ts");
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
  const store = createStore(exploration, initialState("incidents", size));
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
  for (const action of actions) app.act(action as Parameters<typeof app.act>[0]);
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
  await new Promise((resolve) => setTimeout(resolve, 50));
  ink.unmount();
  store.close();
  exploration.stop();
  return (frames.findLast((frame) => frame.includes("Incidents")) ?? "").split("\n").slice(0, size.rows);
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
