/**
 * Reading a log for failures: misfire, `rg -F` with the same literals, a split2 loop with every signature, `wc -l`; side by
 * side, round by round, in one run. Prints medians and ratios: trust the ratios. npm run bench:scan [-- MEGABYTES [ROUNDS]]
 * (npm run build first: it measures the built command.)
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { rgPath } from "@vscode/ripgrep";
import { engineOf } from "../src/engine.ts";
import { builtInPack } from "../src/pack.ts";
import { generateLog } from "./generate-log.ts";

const megabytes = Number(process.argv[2] ?? 256);
const rounds = Number(process.argv[3] ?? 3);
const folder = new URL("../.misfire/bench/", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
const log = `${folder}mixed-${megabytes}.log`;
const differing = `${folder}differing-${megabytes}.log`;
for (const path of [log, differing])
  if (!existsSync(path) || statSync(path).size < megabytes * 1024 * 1024)
    generateLog(path, megabytes, { differ: path === differing });
const { classifiers } = builtInPack();
const literals = engineOf(classifiers).scanned.list;
writeFileSync(`${folder}literals.txt`, `${literals.join("\n")}\n`);

const node = process.execPath;
/** The same log, but each failure told in words of its own: what was explained once does not help. */
const DIFFERING = "  all differ";
const misfire = process.env["MISFIRE_BENCH_BIN"] ?? "bin/misfire.js";
const contenders: [name: string, command: string, args: string[]][] = [
  ["misfire", node, [misfire, "--format", "json", log]],
  [DIFFERING, node, [misfire, "--format", "json", differing]],
  ["rg -c -F", rgPath, ["-c", "-F", "-f", `${folder}literals.txt`, log]],
  ["rg -c -i -F", rgPath, ["-c", "-i", "-F", "-f", `${folder}literals.txt`, log]],
  ["wc -l", "wc", ["-l", log]],
];
const times = new Map<string, Times[]>();
for (let round = 0; round <= rounds; round++) {
  for (const [name, command, args] of contenders) {
    const took = time(command, args);
    if (round > 0) times.set(name, [...(times.get(name) ?? []), took]); // round 0 warms the page cache
  }
}
// the plain way is so slow that it reads a part only
const part = Math.min(megabytes, 4);
const small = `${folder}mixed-${part}.log`;
if (!existsSync(small)) generateLog(small, part);
const [whole, start] = [time(node, ["bench/split2-loop.ts", small]), time(node, ["bench/split2-loop.ts", "/dev/null"])];
const split2 = {
  cpu: ((whole.cpu - start.cpu) * megabytes) / part,
  wall: ((whole.wall - start.wall) * megabytes) / part,
};

const own = median("misfire");
const signatures = classifiers.reduce((n, c) => n + c.signatures.length, 0);
const load = loadavg()[0]!.toFixed(1);
console.log(
  `${megabytes} MB, ${literals.length} literals, ${signatures} signatures, node ${process.version}, ${cpus()[0]?.model.trim()} (${cpus().length} cores, load ${load})`,
);
console.log(`${"".padEnd(14)} ${"CPU s".padStart(7)} ${"s".padStart(7)}`);
for (const [name] of contenders) say(name, median(name));
say(`split2 loop`, split2, `, measured on ${part} MB`);

interface Times {
  /** Seconds of the processor: what else runs on the machine changes them least. */
  cpu: number;
  wall: number;
}

function say(name: string, { cpu, wall }: Times, more = ""): void {
  const ratio = own.cpu / cpu;
  const told =
    name === DIFFERING
      ? `  takes ${(cpu / own.cpu).toFixed(2)} of misfire's`
      : name === "misfire"
        ? ""
        : ratio >= 0.1
          ? `  misfire takes ${ratio.toFixed(2)} of it, ${(own.wall / wall).toFixed(2)} by the clock`
          : `  misfire is ${(1 / ratio).toFixed(0)} times as fast`;
  console.log(`${name.padEnd(14)} ${cpu.toFixed(2).padStart(7)} ${wall.toFixed(2).padStart(7)}${told}${more}`);
}

function median(name: string): Times {
  const all = times.get(name)!;
  const middle = (of: (t: Times) => number): number =>
    all.map(of).toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!;
  return { cpu: middle((t) => t.cpu), wall: middle((t) => t.wall) };
}

function time(command: string, args: string[]): Times {
  const started = performance.now();
  const done = spawnSync("bash", ["-c", `"$0" "$@" > /dev/null; times`, command, ...args], { encoding: "utf8" });
  const wall = (performance.now() - started) / 1000;
  if (done.error) throw done.error;
  const cpu = [...done.stdout.split("\n")[1]!.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, m) => sum + Number(m[1]) * 60 + Number(m[2]),
    0,
  );
  return { cpu, wall };
}
