import { spawn } from "@lydell/node-pty";
import { describe, expect, it } from "vitest";
import { exec, MISFIRE } from "./executing.ts";
import { eventually } from "./listening.ts";

const FAILS = `console.log("tool_calls: get_claim"); console.error("Traceback (most recent call last):\\n  File \\"app.py\\", line 3, in run_tool\\nTypeError: get_claim() got an unexpected keyword argument 'claimId'")`;

/** `misfire exec` as a user at a terminal has it: what the screen shows, keys to type, its size to change. */
function atTerminal(argv: string[]) {
  const terminal = spawn(process.execPath, [MISFIRE, "exec", ...argv], {
    cols: 91,
    rows: 33,
    env: { ...process.env, NO_COLOR: "1" },
  });
  let screen = "";
  terminal.onData((text) => (screen += text));
  const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
  return { terminal, screen: () => screen, ended };
}

describe("misfire exec --pty", () => {
  it("gives the command a terminal of the size of ours, the keys and Ctrl-C; the report comes after it", async () => {
    const program = `
      process.stdin.setRawMode(false);
      console.log("terminals", process.stdin.isTTY, process.stdout.isTTY, process.stderr.isTTY, process.stdout.columns);
      process.stdout.on("resize", () => console.log("columns now", process.stdout.columns));
      process.stdin.on("data", (line) => console.log("typed", String(line).trim()));
      process.on("SIGINT", () => { ${FAILS}; process.exit(3); });`;
    const { terminal, screen, ended } = atTerminal(["--pty", "--", process.execPath, "-e", program]);
    await eventually(() => screen().includes("terminals true true true 91"), 20_000);
    terminal.resize(60, 20);
    await eventually(() => screen().includes("columns now 60"), 10_000);
    terminal.write("a line\r");
    await eventually(() => screen().includes("typed a line"), 10_000);
    terminal.write("\u0003");
    expect(await ended).toBe(3);
    expect(screen()).toContain("arguments/unexpected-argument");
  });

  it("needs no terminal of ours: bytes and exit code come as on one, stdin ends, signals are passed on", async () => {
    const cat = await exec(["-q", "--pty", "--", "sh", "-c", "cat; test -t 1 && exit 5"], { input: "hello\n" });
    expect(cat).toMatchObject({ code: 5, err: "" });
    // the terminal shows what is typed, as all do
    expect(cat.out.toString().replace(/\^D[\b]*/, "")).toBe("hello\r\nhello\r\n");
    const many = await exec(["-q", "--pty", "--", "seq", "1", "50000"]);
    expect(many.out.toString()).toBe(Array.from({ length: 50_000 }, (_, n) => `${n + 1}\r\n`).join(""));
    const waits = `process.on("SIGTERM", () => process.exit(42)); console.log("ready"); setInterval(() => {}, 1000)`;
    expect((await exec(["-q", "--pty", "--", process.execPath, "-e", waits], { signal: "SIGTERM" })).code).toBe(42);
    const dies = `console.log("ready"); setInterval(() => {}, 1000)`;
    expect((await exec(["-q", "--pty", "--", process.execPath, "-e", dies], { signal: "SIGHUP" })).code).toBe(129);
    expect(await exec(["-q", "--pty", "--", "no-such-command"])).toMatchObject({ code: 127 });
    expect(await exec(["--pty", "--mcp", "x", "--", "cat"])).toMatchObject({ code: 2 });
  });

  it("without it Ctrl-C reaches the command once, by the terminal", async () => {
    const program = `
      let times = 0;
      process.on("SIGINT", () => { times++; setTimeout(() => { console.log("interrupted", times); process.exit(4); }, 300); });
      console.log("ready"); setInterval(() => {}, 1000);`;
    const { terminal, screen, ended } = atTerminal(["--", process.execPath, "-e", program]);
    await eventually(() => screen().includes("ready"), 20_000);
    terminal.write("\u0003");
    expect(await ended).toBe(4);
    expect(screen()).toContain("interrupted 1");
  });
});
