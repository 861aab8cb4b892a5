import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Executed {
  code: number | null;
  out: Buffer;
  err: string;
}

export interface ExecOptions {
  input?: string;
  env?: Record<string, string>;
  /** Sent once the command has said "ready". */
  signal?: NodeJS.Signals;
  cwd?: string;
}

/** The command line in a process of its own, from the sources: `node misfire.mjs ...`. */
export const MISFIRE = join(mkdtempSync(join(tmpdir(), "misfire-main-")), "misfire.mjs");
const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
writeFileSync(MISFIRE, `import { start } from ${JSON.stringify(main)};\nawait start();\n`);
process.on("exit", () => rmSync(dirname(MISFIRE), { recursive: true, force: true }));

export function exec(argv: string[], { input = "", env = {}, signal, cwd }: ExecOptions = {}): Promise<Executed> {
  const child = spawn(process.execPath, [MISFIRE, "exec", ...argv], {
    env: { ...process.env, NO_COLOR: "1", ...env },
    cwd: cwd ?? process.cwd(),
  });
  const out: Buffer[] = [];
  let err = "";
  child.stdout.on("data", (block: Buffer) => {
    out.push(block);
    if (signal && Buffer.concat(out).includes("ready")) child.kill(signal);
  });
  child.stderr.on("data", (block) => (err += String(block)));
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out: Buffer.concat(out), err })));
}
