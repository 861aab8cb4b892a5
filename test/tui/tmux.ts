import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The tests in a real terminal need tmux; without it they are skipped, and say so. `.ci/run` installs it, and wants no skip. */
export const hasTmux = process.env["MISFIRE_TEST_TERMINAL"] === "required" || spawnSync("tmux", ["-V"]).status === 0;
if (!hasTmux)
  process.stderr.write("tmux is not installed: the tests of the terminal app in a real terminal are skipped\n");

export interface Terminal {
  /** Keys by their tmux names (`Enter`, `C-l`) or letters, then waits for what is wanted. */
  press(keys: readonly string[], wanted: string | RegExp): Promise<string>;
  sees(wanted: string | RegExp, seconds?: number): Promise<string>;
  screen(): string;
  /** With the escape codes of the colours. */
  painted(): string;
  resize(columns: number, rows: number): void;
  tmux(...args: string[]): string;
  close(): void;
  folder: string;
}

/** A shell command in a terminal of its own; `misfire` in it is the command line from the sources. */
export function openTerminal(command: string, columns = 100, rows = 30, env: Record<string, string> = {}): Terminal {
  const folder = mkdtempSync(join(tmpdir(), "misfire-tui-"));
  const script = join(folder, "misfire.mjs");
  writeFileSync(script, `import { start } from ${JSON.stringify(join(root, "src/cli/main.ts"))};\nawait start();\n`);
  const socket = join(folder, "tmux");
  const { TMUX: _, CI: _ci, NO_COLOR: _color, ...own } = process.env;
  const tmux = (...args: string[]): string =>
    execFileSync("tmux", ["-S", socket, "-f", "/dev/null", ...args], {
      env: { ...own, TERM: "screen-256color", ...env },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  const line = `cd ${JSON.stringify(root)}; misfire() { ${JSON.stringify(process.execPath)} ${JSON.stringify(script)} "$@"; }; echo before; ${command}; echo "ended with $?"; exec cat`;
  tmux("new-session", "-d", "-x", String(columns), "-y", String(rows), "bash", "-c", line);
  const screen = (): string => tmux("capture-pane", "-p");
  async function sees(wanted: string | RegExp, seconds = 25): Promise<string> {
    let seen = "";
    for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
      seen = screen();
      if (typeof wanted === "string" ? seen.includes(wanted) : wanted.test(seen)) return seen;
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    throw new Error(`the terminal does not show ${wanted}:\n${seen}`);
  }
  return {
    screen,
    sees,
    folder,
    tmux,
    painted: () => tmux("capture-pane", "-p", "-e"),
    press(keys, wanted) {
      tmux("send-keys", ...keys);
      return sees(wanted);
    },
    resize: (x, y) => void tmux("resize-window", "-x", String(x), "-y", String(y)),
    close() {
      spawnSync("tmux", ["-S", socket, "kill-server"]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
