import { Readable, Writable } from "node:stream";
import { runChild, type Ended } from "../../sources/child/child.ts";
import { loadTerminals, runOnTerminal } from "../../sources/child/pseudo-terminal.ts";
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
    const show = (block: Uint8Array): void => seen("stdout", block);
    return runOnTerminal({ command, args, env, screen: stdout!, seen: show });
  }
  const stdin = screen !== null ? Readable.from([]) : values.mcp === null ? null : process.stdin;
  return runChild({ command, args, env, stdin, stdout: stdout!, stderr: stderr!, seen });
}

/** What does not go together, or is not there. */
export async function checkTerminal({ values, given }: Call): Promise<void> {
  if (!values.pty) return;
  if (values.mcp !== null) throw new UsageError("--pty does not go with --mcp: an MCP server speaks on pipes");
  if (given?.has("tui") === true && values.tui)
    throw new UsageError("--pty does not go with --tui: there is one terminal to draw on");
  await loadTerminals().catch(({ message }: Error) => {
    const why = message.split("\n", 1)[0];
    throw new UsageError(`--pty needs a package: npm install @lydell/node-pty, beside misfire (${why})`);
  });
}

/** The output of the command is under Logs while the app is open, and here once the user has quit it. */
function besides(screen: LiveScreen, to: Writable): Writable {
  return new Writable({
    write: (block, _encoding, done) => void (screen.isOpen ? done() : to.write(block, done)),
  });
}
