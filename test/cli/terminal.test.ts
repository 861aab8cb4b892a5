import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, it, vi } from "vitest";
import { FAILING } from "./logs.ts";
import { BIN } from "./run.ts";

vi.setConfig({ testTimeout: 60_000 });

const tmux = spawnSync("tmux", ["-V"]).status === 0;
const dir = mkdtempSync(join(tmpdir(), "misfire-terminal-"));
const socket = join(dir, "tmux");
writeFileSync(join(dir, "app.log"), FAILING);
afterAll(() => {
  spawnSync("tmux", ["-S", socket, "kill-server"]);
  rmSync(dir, { recursive: true });
});

/** Runs a command in a terminal of that many columns; what it shows, with colours when asked, once `done` stands there. */
async function screen(command: string, columns: number, done: RegExp, colors = false, typed = ""): Promise<string> {
  const name = `s${Math.random()}`.replace("0.", "");
  const line = command.replaceAll("misfire", `'${process.execPath}' '${BIN}'`);
  execFileSync(
    "tmux",
    [
      "-S",
      socket,
      "-f",
      "/dev/null",
      "new-session",
      "-d",
      "-s",
      name,
      "-x",
      String(columns),
      "-y",
      "60",
      `${line}; echo code $?; sleep 20`,
    ],
    { cwd: dir, env: { ...process.env, TERM: "xterm-256color", NO_COLOR: "", FORCE_COLOR: "" } },
  );
  if (typed !== "") {
    await setTimeout(700);
    execFileSync("tmux", ["-S", socket, "send-keys", "-l", "-t", name, "--", typed]);
  }
  let shown = "";
  for (let tries = 0; tries < 400 && !done.test(shown); tries++) {
    await setTimeout(50);
    shown = execFileSync("tmux", ["-S", socket, "capture-pane", "-p", ...(colors ? ["-e"] : []), "-t", name], {
      encoding: "utf8",
    });
  }
  return shown.trimEnd();
}

describe.skipIf(!tmux)("on a terminal", () => {
  it.each([80, 200])("the report fits %i columns", async (columns) => {
    const shown = await screen("misfire app.log", columns, /code \d/);
    expect(shown).toContain("✗ get_claim: ");
    expect(shown).toContain("code 1");
    const count = columns === 80 ? 2 : 1;
    expect(
      shown.split("\n").filter((line) => /offered|looked up|validated|consumed/.test(line) && line.includes("✓"))
        .length,
    ).toBeLessThanOrEqual(count);
  });

  it("is coloured, unless the user does not want it", async () => {
    expect(await screen("misfire app.log", 80, /code \d/, true)).toContain("\u001b[31m");
    expect(await screen("NO_COLOR=1 misfire app.log", 80, /code \d/, true)).not.toContain("\u001b[31m");
    expect(await screen("misfire app.log --no-color", 80, /code \d/, true)).not.toContain("\u001b[31m");
  });

  it("prints the help when there is no input", async () => {
    expect(await screen("misfire", 80, /code \d/)).toContain("code 0");
  });

  it("shows how far it is after half a second, and clears the line", async () => {
    const running = await screen(
      "(cat app.log; sleep 0.8; cat app.log; sleep 3; cat app.log) | misfire",
      80,
      /reading/,
    );
    expect(running).toMatch(/^reading stdin: [\d.]+ (?:bytes|kB)$/m);
    const ended = await screen("(cat app.log; sleep 0.8; cat app.log) | misfire", 80, /code \d/);
    expect(ended).not.toContain("reading stdin");
    expect(ended).toContain("arguments/unexpected-argument");
  });

  it("reads what is typed when asked with -", async () => {
    const shown = await screen("misfire -", 80, /code \d/, false, `${FAILING}\u0004`);
    expect(shown).toContain("code 1");
  });
});
