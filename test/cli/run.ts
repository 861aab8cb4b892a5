import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Io } from "../../src/cli/io.ts";
import { main } from "../../src/cli/main.ts";

export interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** One call inside this process; for all that needs no real terminal, pipe or signal. */
export async function cli(argv: string[], change: Partial<Io> = {}): Promise<Ran> {
  let [out, err] = ["", ""];
  const io: Io = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    env: {},
    inIsTerminal: false,
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 100,
    signal: new AbortController().signal,
    ...change,
  };
  return { code: await main(argv, io), out, err };
}

export const BIN = fileURLToPath(new URL("../../bin/misfire.js", import.meta.url));

/** The built program in a process of its own. */
export function start(argv: string[], env: Record<string, string> = {}): { child: ChildProcess; ended: Promise<Ran> } {
  if (!existsSync(new URL("../../dist/cli/main.js", import.meta.url))) throw new Error("run `npm run build` first");
  const child = spawn(process.execPath, [BIN, ...argv], { env: { ...process.env, NO_COLOR: "1", ...env } });
  let [out, err] = ["", ""];
  child.stdout.on("data", (text) => (out += String(text)));
  child.stderr.on("data", (text) => (err += String(text)));
  const ended = new Promise<Ran>((resolve) => child.on("close", (code) => resolve({ code, out, err })));
  return { child, ended };
}
