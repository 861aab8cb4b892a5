/**
 * Reading a log for failures: misfire, `rg -F` with the same literals, a split2 loop with every signature, `wc -l`; side by
 * side, round by round, in one run. Prints medians and ratios: trust the ratios. npm run bench:scan [-- MEGABYTES [ROUNDS]]
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { rgPath } from "@vscode/ripgrep";
import { builtInPack } from "../src/pack.ts";
import { generateLog } from "./generate-log.ts";

const megabytes = Number(process.argv[2] ?? 256);
const rounds = Number(process.argv[3] ?? 3);
const folder = new URL("../.misfire/bench/", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
const log = `${folder}mixed-${megabytes}.log`;
if (!existsSync(log) || statSync(log).size < megabytes * 1024 * 1024) generateLog(log, megabytes);
const literals = [...new Set(builtInPack().classifiers.flatMap((c) => c.signatures.flatMap((s) => s.literals)))];
writeFileSync(`${folder}literals.txt`, `${literals.join("\n")}\n`);

const node = process.execPath;
const contenders: [name: string, command: string, args: string[]][] = [
  ["misfire", node, ["bin/misfire.js", "--format", "json", log]],
  ["rg -c -i -F", rgPath, ["-c", "-i", "-F", "-f", `${folder}literals.txt`, log]],
  ["rg -c -F", rgPath, ["-c", "-F", "-f", `${folder}literals.txt`, log]],
  ["wc -l", "wc", ["-l", log]],
];
const times = new Map<string, number[]>();
for (let round = 0; round <= rounds; round++) {
  for (const [name, command, args] of contenders) {
    const seconds = time(command, args);
    if (round > 0) times.set(name, [...(times.get(name) ?? []), seconds]); // round 0 warms the page cache
  }
}
// the plain way is so slow that it reads a part only
const part = Math.min(megabytes, 16);
const small = `${folder}mixed-${part}.log`;
if (!existsSync(small)) generateLog(small, part);
const plain = (time(node, ["bench/split2-loop.ts", small]) - time(node, ["bench/split2-loop.ts", "/dev/null"])) * (megabytes / part);

const median = (name: string) => times.get(name)!.sort((a, b) => a - b)[Math.floor(times.get(name)!.length / 2)]!;
const misfire = median("misfire");
console.log(`${megabytes} MB, ${literals.length} literals, ${builtInPack().classifiers.reduce((n, c) => n + c.signatures.length, 0)} signatures, node ${process.version}, ${cpus()[0]?.model}`);
for (const [name] of contenders) console.log(`${name.padEnd(14)} ${median(name).toFixed(2)} s  misfire takes ${(misfire / median(name)).toFixed(2)} of it`);
console.log(`${"split2 loop".padEnd(14)} ${plain.toFixed(1)} s  (measured on ${part} MB)  misfire is ${(plain / misfire).toFixed(0)} times as fast`);

function time(command: string, args: string[]): number {
  const start = process.hrtime.bigint();
  const done = spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  if (done.error) throw done.error;
  return Number(process.hrtime.bigint() - start) / 1e9;
}
