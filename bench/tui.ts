/**
 * The terminal app under load, in a terminal of its own (util-linux `script`): how long a key takes to be seen, and how much
 * of a core the app uses, at rest, at 10,000 log lines/s (`--follow`) and 5,000 spans/s (`listen`). Beside what was seen stands what is left of it when the
 * time is taken away in which the kernel says that the thread could run and had no core: on a machine with other work that is
 * most of it, and at rest as much as under load.
 * node bench/tui.ts [SECONDS]
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

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

console.log(`node ${process.version}, load ${loadavg()[0]!.toFixed(1)} before the start`);
const log = join(folder, "app.log");
writeFileSync(log, readFileSync(new URL("samples/signature-mismatch/console.log", root)));
await run("at rest", ["--follow", log], /get_claim/, () => null);
await run("10,000 lines/s", ["--follow", log], /get_claim/, () => ({ kind: "lines", to: log }));
await run("5,000 spans/s", ["listen", "--http-port", "0", "--grpc-port", "0"], /listening on/, (screen) => ({
  kind: "spans",
  to: /http:\/\/127\.0\.0\.1:\d+/.exec(screen)![0],
}));
rmSync(folder, { recursive: true });

/** `loadOf` gives what bench/tui-load.ts is to do, by the first screen. */
async function run(
  name: string,
  args: string[],
  ready: RegExp,
  loadOf: (screen: string) => { kind: "lines" | "spans"; to: string } | null,
): Promise<void> {
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
  const given = loadOf(screen);
  const load = given === null ? null : new Worker(new URL("tui-load.ts", import.meta.url), { workerData: given });
  await pause(3000);
  const begun = performance.now();
  const pid = Number(readFileSync(join(folder, "pid"), "utf8"));
  const cpu = cpuOf(pid);
  const waits: number[] = [];
  const own: number[] = [];
  for (let isHelp = false; performance.now() - begun < seconds * 1000; isHelp = !isHelp) {
    await pause(150 + (waits.length % 7) * 13);
    screen = "";
    const at = performance.now();
    const queued = [queuedOf(pid), queuedOf(process.pid)];
    terminal.stdin.write("?");
    await sees(isHelp ? /over time|Nothing has failed/ : /:page-down/);
    const took = performance.now() - at;
    waits.push(took);
    // the two may have waited at the same time: the longer one is taken
    own.push(took - Math.max(queuedOf(pid) - queued[0]!, queuedOf(process.pid) - queued[1]!));
  }
  const took = (performance.now() - begun) / 1000;
  const used = cpuOf(pid) - cpu;
  const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  await load?.terminate();
  terminal.stdin.write("q");
  await new Promise((resolve) => terminal.on("close", resolve));
  console.log(
    `${name.padEnd(15)} key to frame, ${waits.length} keys: ${sharesOf(waits)}; with a core at hand ${sharesOf(own)} · ${((used / took) * 100).toFixed(0)} % of a core · ${memory.toFixed(0)} MB · load ${loadavg()[0]!.toFixed(1)}`,
  );
}

function sharesOf(waits: readonly number[]): string {
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(0);
  return `median ${at(0.5)} ms, 95 % ${at(0.95)} ms, most ${at(1)} ms`;
}

/** Milliseconds that the main thread of a process could run and had no core. */
function queuedOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ")[1]) / 1e6;
}

/** Seconds of CPU that a process has used. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
