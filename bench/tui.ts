/**
 * The terminal app under load, in a terminal of its own (util-linux `script`): how long a key takes to be seen, and how much
 * of a core the app uses, at 10,000 log lines/s (`--follow`) and 5,000 spans/s (`listen`).
 * node bench/tui.ts [SECONDS]
 */
import { spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { requestOf } from "./export-request.ts";

const seconds = Number(process.argv[2] ?? 10);
const folder = mkdtempSync(join(tmpdir(), "misfire-tui-bench-"));
const root = new URL("../", import.meta.url);
const program = join(folder, "misfire.mjs");
writeFileSync(
  program,
  `import { writeFileSync } from "node:fs";
writeFileSync(${JSON.stringify(join(folder, "pid"))}, String(process.pid));
const { start } = await import(${JSON.stringify(new URL("src/cli/main.ts", root).pathname)});
await start();\n`,
);
const FAILING = readFileSync(new URL("samples/signature-mismatch/console.log", root), "utf8");

console.log(`node ${process.version}, load ${loadavg()[0]!.toFixed(1)} before the start`);
await lines();
await spans();
rmSync(folder, { recursive: true });

async function lines(): Promise<void> {
  const log = join(folder, "app.log");
  writeFileSync(log, FAILING);
  let n = 0;
  const line = (): string =>
    `2026-02-10 18:01:04,${String(++n % 1000).padStart(3, "0")} - app.orders - INFO - loaded ${n} rows from table orders in 14 ms using the index of customers\n`;
  await run("10,000 lines/s", ["--follow", log], /get_claim/, () => {
    appendFileSync(log, Array.from({ length: 200 }, line).join("") + (n % 10_000 < 200 ? FAILING : ""));
  });
}

async function spans(): Promise<void> {
  let n = 0;
  await run("5,000 spans/s", ["listen", "--http-port", "0", "--grpc-port", "0"], /listening on/, (screen) => {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(screen)?.[0];
    if (url === undefined) throw new Error("no address on the screen");
    void fetch(`${url}/v1/traces`, {
      method: "POST",
      headers: { "content-type": "application/x-protobuf" },
      body: new Uint8Array(requestOf(++n, 100)),
    })
      .then((answer) => answer.arrayBuffer())
      // the last ones meet a closed door
      .catch(() => {});
  });
}

/** `push` is called 50 times a second. */
async function run(name: string, args: string[], ready: RegExp, push: (screen: string) => void): Promise<void> {
  const command = `stty cols 150 rows 40; exec ${[process.execPath, program, ...args].join(" ")}`;
  const terminal = spawn("script", ["-qfc", command, "/dev/null"], {
    env: { ...process.env, TERM: "xterm-256color", CI: "" },
  });
  let screen = "";
  let waiting: { marker: RegExp; done: () => void } | null = null;
  terminal.stdout.on("data", (block: Buffer) => {
    screen = (screen + block.toString()).slice(-100_000);
    if (waiting !== null && waiting.marker.test(screen)) waiting.done();
  });
  const sees = (marker: RegExp): Promise<void> =>
    new Promise((resolve) => {
      waiting = { marker, done: () => ((waiting = null), resolve()) };
      if (marker.test(screen)) waiting.done();
    });
  await sees(ready);
  const first = screen;
  let begun = performance.now();
  let pushed = 0;
  const load = setInterval(() => {
    // what a late timer missed is made up for
    for (; pushed < ((performance.now() - begun) / 1000) * 50; pushed++) push(first);
  }, 20);
  await pause(2000);
  begun = performance.now();
  pushed = 0;
  const pid = Number(readFileSync(join(folder, "pid"), "utf8"));
  const cpu = cpuOf(pid);
  const waits: number[] = [];
  for (let isHelp = false; performance.now() - begun < seconds * 1000; isHelp = !isHelp) {
    await pause(150 + (waits.length % 7) * 13);
    screen = "";
    const at = performance.now();
    terminal.stdin.write("?");
    await sees(isHelp ? /over time|Nothing has failed/ : /:page-down/);
    waits.push(performance.now() - at);
  }
  const took = (performance.now() - begun) / 1000;
  const used = cpuOf(pid) - cpu;
  const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  clearInterval(load);
  terminal.stdin.write("q");
  await new Promise((resolve) => terminal.on("close", resolve));
  waits.sort((a, b) => a - b);
  const at = (share: number): string => waits[Math.min(waits.length - 1, Math.floor(share * waits.length))]!.toFixed(0);
  console.log(
    `${name.padEnd(15)} key to frame: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, most ${at(1)} ms (${waits.length} keys) · ${((used / took) * 100).toFixed(0)} % of a core · ${memory.toFixed(0)} MB · load ${loadavg()[0]!.toFixed(1)}`,
  );
}

/** Seconds of CPU that a process has used. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
