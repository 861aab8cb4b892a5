import { execFileSync } from "node:child_process";
import { afterEach, describe, expect, it } from "vitest";
import { hasTmux, openTerminal, type Terminal } from "./tmux.ts";

const LOG = "samples/signature-mismatch/console.log";

describe.skipIf(!hasTmux)("the terminal app in a real terminal (tmux)", { timeout: 40_000 }, () => {
  let terminal: Terminal;
  afterEach(() => terminal.close());

  it("walks every screen, searches, filters, copies, resizes, and gives the terminal back", async () => {
    terminal = openTerminal(`misfire -i ${LOG}`);
    terminal.tmux("set", "-s", "set-clipboard", "on");
    await terminal.sees("1 Incidents");
    await terminal.sees("get_claim:");
    await terminal.press(["Enter"], "The model sent claimId");
    expect(terminal.painted()).toMatch(/\u001b\[31m✗/);
    await terminal.press(["Escape"], "over time");
    await terminal.press(["2"], /✗ …ure-mismatch/);
    await terminal.press(["3"], "[all]");
    await terminal.press(["4"], "TextMessage (user)");
    await terminal.press(["/", "validation error", "Enter"], "8/12");
    terminal.resize(80, 24);
    const small = await terminal.sees(/^.{70,80}8\/12\s*$/m);
    expect(small.trimEnd().split("\n").length).toBeLessThanOrEqual(24);
    terminal.resize(40, 10);
    await terminal.sees("misfire needs 50x12; this is 40x10");
    terminal.resize(100, 30);
    await terminal.sees("6 Coverage");
    await terminal.press(["5"], "by tool");
    await terminal.press(["6"], "detectors that could not run");
    await terminal.press(["1"], "over time");
    await terminal.press(["f", "layer:provider", "Enter"], "Nothing passes the filter");
    await terminal.press(["Escape"], "get_claim:");
    await terminal.press(["c"], "copied the fix");
    expect(terminal.tmux("show-buffer")).toContain("Make the names that the model sees");
    await terminal.press(["?"], ":page-down");
    const after = await terminal.press(["q"], "ended with 0");
    expect(after.trim()).toBe("before\nended with 0");
  });

  it("passes no escape code of the input on, and keeps its colours", async () => {
    terminal = openTerminal(
      `printf 'a \\033[32mgreen\\033[0m b\\033]0;title\\007\\033[2J\\033[?1049l c\\n' > /tmp/misfire-tui-$$.log; misfire -i /tmp/misfire-tui-$$.log; rm /tmp/misfire-tui-$$.log`,
      100,
      30,
      { TMPDIR: "/tmp" },
    );
    await terminal.sees("Coverage");
    await terminal.press(["4"], "a green b");
    await terminal.press(["G"], "following");
    expect(terminal.tmux("display-message", "-p", "#{pane_title}")).not.toContain("title");
    await terminal.press(["q"], "ended with 0");
  });

  it("gives the terminal back when it is ended by a signal", async () => {
    terminal = openTerminal(`misfire -i ${LOG}`);
    await terminal.sees("get_claim:");
    const mouse = (): string => terminal.tmux("display-message", "-p", "#{mouse_any_flag}").trim();
    expect(mouse()).toBe("0");
    await terminal.press(["m"], "wheel and clicks are on");
    expect(mouse()).toBe("1");
    const pane = terminal.tmux("list-panes", "-F", "#{pane_pid}").trim();
    const [child] = execFileSync("ps", ["-o", "pid=", "--ppid", pane], { encoding: "utf8" }).trim().split("\n");
    process.kill(Number(child), "SIGTERM");
    const after = await terminal.sees("ended with");
    expect(after).toContain("before");
    expect(after).not.toContain("Coverage");
    expect(mouse()).toBe("0");
  });

  it("keeps columns where text runs from right to left", async () => {
    terminal = openTerminal(`printf 'plain\n%s\nend\n' 'שלום עולם' > $HEBREW; misfire -i $HEBREW; rm $HEBREW`, 80, 24, {
      HEBREW: `/tmp/misfire-tui-hebrew-${process.pid}.log`,
    });
    await terminal.sees("Coverage");
    const screen = await terminal.press(["4"], /^ +3 end *$/m);
    expect(screen).toMatch(/^ +2 \u2068?שלום עולם\u2069? *$/m);
    expect(screen).toMatch(/1\/3 *$/m);
  });
});
