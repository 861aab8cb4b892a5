import { spawn } from "node:child_process";
import { constants } from "node:os";
import type { Readable, Writable } from "node:stream";
import { whyNoCommand } from "./find.ts";
import { passSignals } from "./signals.ts";

export interface ChildOptions {
  command: string;
  args: readonly string[];
  env: Record<string, string | undefined>;
  /** Where its output goes, byte for byte. */
  stdout: Writable;
  stderr: Writable;
  /** Null: it has ours. Else what comes of this is passed on to it, and looked at. */
  stdin: Readable | null;
  /** A look at each block, after it was passed on. */
  seen: (stream: Stream, block: Uint8Array) => void;
}

export type Stream = "stdin" | "stdout" | "stderr";

/** How a command ended: its exit code, 128 and the number of the signal that ended it, or why it could not be started. */
export type Ended = { code: number } | { failed: string; code: 126 | 127 };

/** Runs a command with its streams passed through; it is slowed down no more than by whoever reads that. */
export function runChild({ command, args, env, stdin, stdout, stderr, seen }: ChildOptions): Promise<Ended> {
  const failed = whyNoCommand(command, env);
  if (failed !== null) return Promise.resolve(failed);
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, stdio: [stdin === null ? "inherit" : "pipe", "pipe", "pipe"] });
    const release = passSignals(child);
    for (const [name, from, to] of [
      ["stdout", child.stdout!, stdout],
      ["stderr", child.stderr!, stderr],
    ] as const) {
      from.on("data", (block: Buffer) => {
        if (!to.write(block)) {
          from.pause();
          to.once("drain", () => from.resume());
        }
        seen(name, new Uint8Array(block));
      });
      // whoever read our output has gone: the command learns it as it would have
      to.on("error", () => from.destroy());
    }
    if (stdin !== null && child.stdin !== null) {
      // it may end before it has read all
      child.stdin.on("error", () => {});
      stdin.on("data", (block: Buffer) => seen("stdin", new Uint8Array(block)));
      stdin.pipe(child.stdin);
      child.on("exit", () => stdin.destroy());
    }
    child.on("error", ({ message }) => {
      release();
      resolve({ failed: `${command}: ${message}`, code: 126 });
    });
    child.on("exit", (code, signal) => {
      const over = (): void => {
        release();
        resolve({ code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]) });
      };
      // what it left running may hold its output open for ever
      const timer = setTimeout(() => {
        child.stdout!.destroy();
        child.stderr!.destroy();
        over();
      }, LINGER_MS);
      child.on("close", () => {
        clearTimeout(timer);
        over();
      });
    });
  });
}

const LINGER_MS = 1000;
