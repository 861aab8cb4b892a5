import { Readable, Writable } from "node:stream";
import { runChild, type Ended } from "../../sources/child/child.ts";
import { NoTerminalError, runOnTerminal } from "../../sources/child/pseudo-terminal.ts";
import type { Call } from "../call.ts";
import { UsageError } from "../errors.ts";
import type { Output } from "./output.ts";
import type { LiveScreen } from "./screen.ts";

/** Runs the command of `exec`: on pipes, on a terminal of its own (`--pty`), or beside the terminal app. */
export async function runCommand(
  { words, values }: Call,
  env: Record<string, string | undefined>,
  { seen }: Output,
  screen: LiveScreen | null,
): Promise<Ended> {
  const [command = "", ...args] = words;
  const [stdout, stderr] = [process.stdout, process.stderr].map((to) => (screen === null ? to : besides(screen, to)));
  if (values.pty) {
    const terminal = runOnTerminal({ command, args, env, screen: stdout!, seen: (block) => seen("stdout", block) });
    return terminal.catch((error: unknown) => {
      if (!(error instanceof NoTerminalError)) throw error;
      throw new UsageError(`--pty needs the package @lydell/node-pty, installed beside misfire (${error.message})`);
    });
  }
  const stdin = screen !== null ? Readable.from([]) : values.mcp === null ? null : process.stdin;
  return runChild({ command, args, env, stdin, stdout: stdout!, stderr: stderr!, seen });
}

/** What does not go together. */
export function checkTerminal({ values, given }: Call): void {
  if (!values.pty) return;
  if (values.mcp !== null) throw new UsageError("--pty does not go with --mcp: an MCP server speaks on pipes");
  if (given?.has("tui") === true && values.tui)
    throw new UsageError("--pty does not go with --tui: there is one terminal to draw on");
}

/** The output of the command is under Logs while the app is open, and here once the user has quit it. */
function besides(screen: LiveScreen, to: Writable): Writable {
  return new Writable({
    write: (block, _encoding, done) => void (screen.isOpen ? done() : to.write(block, done)),
  });
}
