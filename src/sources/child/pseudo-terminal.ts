import type { IPty } from "@lydell/node-pty";
import type { Writable } from "node:stream";
import type { Ended } from "./child.ts";
import { whyNoCommand } from "./find.ts";
import { passSignals } from "./signals.ts";

export interface TerminalOptions {
  command: string;
  args: readonly string[];
  env: Record<string, string | undefined>;
  /** Where what it shows goes, byte for byte; its stdout and stderr are one, as on every terminal. */
  screen: Writable;
  /** A look at each block, after it was passed on. */
  seen: (block: Uint8Array) => void;
}

/** The package that gives pseudo-terminals; throws where it is not installed, or not made for this machine. */
export function loadTerminals() {
  return import("@lydell/node-pty");
}

/**
 * Runs a command on a terminal of its own, of the size of ours. What is typed goes to it raw, so that Ctrl-C is its own
 * affair; when our stdin is no terminal and ends, it gets the end of input that Ctrl-D is.
 */
export async function runOnTerminal({ command, args, env, screen, seen }: TerminalOptions): Promise<Ended> {
  const failed = whyNoCommand(command, env);
  if (failed !== null) return failed;
  const { spawn } = await loadTerminals();
  const { columns: cols = 80, rows = 24 } = process.stdout;
  const terminal = spawn(command, [...args], { env, cols, rows, encoding: null });
  const release = [passSignals({ kill: (signal) => terminal.kill(signal) }), passSize(terminal), passInput(terminal)];
  screen.on("error", () => terminal.kill("SIGHUP"));
  // with `encoding: null` it gives bytes, whatever its types say
  terminal.onData((data) => {
    const block = data as unknown as Buffer;
    if (!screen.write(block)) {
      terminal.pause();
      screen.once("drain", () => terminal.resume());
    }
    seen(new Uint8Array(block));
  });
  return new Promise((resolve) => {
    terminal.onExit(({ exitCode, signal = 0 }) => {
      for (const one of release) one();
      resolve({ code: signal === 0 ? exitCode : 128 + signal });
    });
  });
}

function passSize(terminal: IPty): () => void {
  const resize = (): void => terminal.resize(process.stdout.columns, process.stdout.rows);
  process.stdout.on("resize", resize);
  return () => void process.stdout.off("resize", resize);
}

/** Gives what ends it: our terminal is then as it was. */
function passInput(terminal: IPty): () => void {
  const { stdin } = process;
  const isRaw = stdin.isTTY && !stdin.isRaw;
  if (isRaw) stdin.setRawMode(true);
  const type = (block: Buffer): void => terminal.write(block as unknown as string);
  const end = (): void => terminal.write(END_OF_INPUT);
  stdin.on("data", type).on("end", end);
  return () => {
    stdin.off("data", type).off("end", end);
    if (isRaw) stdin.setRawMode(false);
    stdin.destroy();
  };
}

/** Ctrl-D. */
const END_OF_INPUT = "\u0004";
