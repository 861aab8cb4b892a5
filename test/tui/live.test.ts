import { appendFileSync, copyFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { exporterOf, exportRun } from "../live/exporters.ts";
import { hasTmux, openTerminal, root, type Terminal } from "./tmux.ts";

describe.skipIf(!hasTmux)("the terminal app over endless sources (tmux)", { timeout: 40_000 }, () => {
  let terminal: Terminal;
  afterEach(() => terminal.close());

  it("shows what an exporter sends to `listen`, and prints the report when one quits", async () => {
    terminal = openTerminal("misfire listen --http-port 0 --grpc-port 0", 160, 30);
    const screen = await terminal.sees(/listening on http:\/\/127\.0\.0\.1:\d+/);
    const http = /http:\/\/127\.0\.0\.1:\d+/.exec(screen)![0];
    const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    await exportRun(exporterOf("http/protobuf", { http, grpc: "" }, false), trace);
    await terminal.sees("new  find_claim");
    await terminal.press(["Enter"], "call_1");
    await terminal.press(["2"], trace);
    expect(await terminal.press(["Enter"], "at once")).toMatch(/chat gpt-4o +━/);
    const after = await terminal.press(["q"], /ended with \d/);
    expect(after).toContain("ended with 1");
    expect(terminal.tmux("capture-pane", "-p", "-S", "-200")).toContain("find_claim");
  });

  it("shows a file as it grows, without moving the cursor, and holds still when paused", async () => {
    terminal = openTerminal("cp samples/signature-mismatch/console.log $OUT; misfire -F $OUT", 120, 30, {
      OUT: GROWS,
    });
    await terminal.sees("get_claim: the model");
    await terminal.press(["Space"], "PAUSED");
    appendFileSync(GROWS, SECOND);
    await terminal.press(["4"], /1\/12/);
    await terminal.press(["Space"], /1\/13/);
    const frame = await terminal.press(["1"], /cancel_order/);
    expect(frame.indexOf("get_claim:")).toBeLessThan(frame.indexOf("cancel_order"));
    await terminal.press(["q"], /ended with 1/);
    rmSync(GROWS);
  });

  it("runs a command beside the app with `exec --tui`", async () => {
    terminal = openTerminal("misfire exec --tui -- cat samples/signature-mismatch/console.log", 120, 30);
    await terminal.sees("get_claim: the model");
    await terminal.press(["4"], "ToolCallRequestEvent");
    expect(await terminal.press(["q"], /ended with 0/)).toContain("1 cause");
  });

  it("gives the terminal back when something inside breaks, and says what", async () => {
    terminal = openTerminal("true");
    const file = join(terminal.folder, "crash.mjs");
    copyFileSync(join(terminal.folder, "misfire.mjs"), file);
    writeFileSync(file, CRASH);
    terminal.tmux(
      "respawn-window",
      "-k",
      `cd ${root}; echo before; ${process.execPath} ${file}; echo "ended with $?"; exec cat`,
    );
    const after = await terminal.sees(/ended with \d/);
    expect(after).toContain("Error: broken inside");
    expect(after).toContain("before");
    expect(after).not.toContain("6 Coverage");
  });
});

const GROWS = join(tmpdir(), `misfire-tui-${process.pid}.log`);

const SECOND =
  "ERROR Error: Order 42 is locked, tool call cancel_order failed: TypeError: cancel_order() got an unexpected keyword argument 'orderId'\n";

const CRASH = `
import { startTui, terminalKeys } from ${JSON.stringify(join(root, "src/tui/start.ts"))};
import { emptySnapshot } from ${JSON.stringify(join(root, "src/tui/feed/empty.ts"))};
const lines = { count: 0, find: () => -1, at: () => ({}) };
let told = null;
const good = emptySnapshot(lines, { reading: null, live: null, problems: [], droppedLines: 0 });
const bad = { ...good, version: 1, get report() { throw new Error("broken inside"); } };
const feed = { snapshot: () => (told ? bad : good), subscribe: (f) => { setTimeout(() => { told = true; f(); }, 400); return () => {}; }, stop() {} };
await startTui(feed, terminalKeys(true, process.env), { color: true, signal: new AbortController().signal });
`;
