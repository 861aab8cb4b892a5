import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** `misfire listen` in a process of its own, from the sources. */
export interface Listen {
  url: string;
  port: number;
  /** A number of its /metrics, without the labels: `memory_bytes`. */
  metric(name: string): Promise<number>;
  /** Ctrl-C; gives what it printed and its exit code. */
  stop(): Promise<{ out: string; code: number | null }>;
}

export async function startListen(argv: readonly string[] = []): Promise<Listen> {
  const folder = mkdtempSync(join(tmpdir(), "misfire-listen-"));
  const program = join(folder, "misfire.mjs");
  const main = new URL("../src/cli/main.ts", import.meta.url).pathname;
  writeFileSync(program, `import { start } from ${JSON.stringify(main)};\nawait start();\n`);
  const ports = ["--http-port", "0", "--grpc-port", "0"];
  const child = spawn(process.execPath, [program, "listen", ...ports, "-f", "json", "--idle", "5", ...argv], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  child.stdout.on("data", (text) => (out += String(text)));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const url = await new Promise<string>((resolve) => {
    createInterface(child.stderr).on("line", (line) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (found) resolve(found);
      else console.error(line);
    });
  });
  return {
    url,
    port: Number(new URL(url).port),
    async metric(name) {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(new RegExp(`^misfire_${name} ([\\d.e+-]+)`, "m").exec(text)?.[1] ?? 0);
    },
    async stop() {
      child.kill("SIGINT");
      const code = await ended;
      rmSync(folder, { recursive: true });
      return { out, code };
    },
  };
}
