/**
 * A big log in the terminal app, while it is still being read, in a real terminal (tmux): how soon the first frame is there,
 * how long keys take, what is seen, and how much memory it takes at most.
 * node bench/tui-big.ts [MEGABYTES]
 */
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { openTerminal } from "../test/tui/tmux.ts";
import { generateLog } from "./generate-log.ts";

const megabytes = Number(process.argv[2] ?? 1024);
const path = join(tmpdir(), `misfire-tui-big-${process.pid}.log`);
const { lines, failures } = generateLog(path, megabytes);
console.log(`${megabytes} MB, ${lines} lines, ${failures} of them failures; load ${loadavg()[0]!.toFixed(1)}`);

const begun = performance.now();
const terminal = openTerminal(`misfire -i ${path}`, 120, 40);
const since = (): string => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
await terminal.sees("1 Incidents");
console.log(`${since()}: the first frame`);
const pane = terminal.tmux("list-panes", "-F", "#{pane_pid}").trim();
const pid = Number(execFileSync("ps", ["-o", "pid=", "--ppid", pane], { encoding: "utf8" }).trim().split("\n")[0]);
await terminal.sees(/reading .*(?:MB|GB)/);
console.log(`${since()}: ${statusOf()}`);
await press(["4"], / 1\/\d/, "to the logs");
await press(["PageDown", "PageDown"], /7\d\/\d/, "two pages down");
await press(["G"], /following/, "to the end, and follow");
await press(["g"], / 1\/\d/, "to the beginning");
await press(["e"], /▌/, "to the next failure");
await press(["1"], /over time/, "to the incidents");
await press(["j"], / 2\/\d/, "one down");
await terminal.sees(/^ \d+ causes/m, 300);
console.log(`${since()}: all is read: ${statusOf()}`);
await press(["4"], /\/\d/, "to the logs");
await press(["G"], /following/, "to the end");
console.log(terminal.screen().split("\n").slice(-6).join("\n"));
const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1024;
console.log(`${peak.toFixed(0)} MB at the peak, load ${loadavg()[0]!.toFixed(1)}`);
terminal.close();
rmSync(path);

async function press(keys: readonly string[], wanted: RegExp, what: string): Promise<void> {
  const at = performance.now();
  const still = /reading/.test(terminal.screen());
  await terminal.press(keys, wanted);
  console.log(
    `${since()}: ${what}, within ${(performance.now() - at).toFixed(0)} ms${still ? ", while it reads" : ""}`,
  );
}

function statusOf(): string {
  return /^ \d+ causes?.*$|^ reading.*$/m.exec(terminal.screen())?.[0].trim().replace(/\s+/g, " ") ?? "";
}
