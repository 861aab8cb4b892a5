import type { ToolCall } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import type { Finding } from "../records/finding.ts";
import { fisher } from "../records/statistics/fisher.ts";
import { loadsOf } from "../records/statistics/loads.ts";
import { callFinding } from "./finding.ts";
import { hasFailed, outcomeOf } from "./outcome.ts";

/** A tool that fails only while many calls of it are under way. The test is exact, and corrected for every threshold tried. */
export const overload: Detector = {
  name: "overload",
  acrossRuns: true,
  reports: ["concurrency/overload"],
  skip: ({ calls }) =>
    calls.length > 0 &&
    calls.every(({ executions }) => executions.every(({ durationNs, time }) => durationNs === null || time === null))
      ? "no times of executions: spans of execute_tool"
      : null,
  detect({ calls }) {
    const byTool = Map.groupBy(calls.flatMap(timed), ({ call }) => call.tool ?? "");
    return [...byTool.values()].flatMap((group) => judge(group) ?? []);
  },
};

interface Timed {
  call: ToolCall;
  start: bigint;
  end: bigint;
}

const LEAST_FAILED = 3;
const SURE = 0.01;

/** Calls that were executed; those refused before that say nothing about load. */
function timed(call: ToolCall): Timed[] {
  if (call.life.parsed === "failed" || call.life["looked up"] === "failed" || outcomeOf(call) === "unknown") return [];
  const run = call.executions.find(
    ({ durationNs, time, outcome }) => outcome !== "started" && durationNs !== null && time !== null,
  );
  return run === undefined ? [] : [{ call, start: run.time!, end: run.time! + run.durationNs! }];
}

function judge(group: readonly Timed[]): Finding | null {
  const failed = group.filter(({ call }) => hasFailed(call));
  if (failed.length < LEAST_FAILED || failed.length === group.length) return null;
  const loads = loadsOf(group);
  const levels = [...new Set(loads.values())].toSorted((a, b) => a - b).slice(0, -1);
  let best = { p: 1, limit: 0 };
  for (const limit of levels) {
    const count = (isHigh: boolean, isBad: boolean): number =>
      group.filter((one) => loads.get(one)! > limit === isHigh && hasFailed(one.call) === isBad).length;
    const [goodLow, badLow, goodHigh, badHigh] = [
      count(false, false),
      count(false, true),
      count(true, false),
      count(true, true),
    ];
    if (badLow * 10 > badLow + goodLow) continue;
    const p = fisher(goodLow, badLow, goodHigh, badHigh) * levels.length;
    if (p < best.p) best = { p, limit };
  }
  if (best.p >= SURE) return null;
  const first = failed.find((one) => loads.get(one)! > best.limit) ?? failed[0]!;
  return callFinding("overload", first.call, {
    classifier: "concurrency/overload",
    stage: "executed",
    confidence: best.p < SURE / 10 ? "certain" : "likely",
    weight: 2,
    facts: {
      limit: String(best.limit),
      actual: String(Math.max(...loads.values())),
      count: String(failed.length),
      value: `p = ${best.p.toPrecision(2)}`,
    },
    modifiers: ["repeated"],
    evidence: failed
      .slice(0, 10)
      .flatMap(({ call }) => call.results[0]?.evidence ?? call.executions[0]?.evidence ?? []),
    message: "fails only under load",
  });
}
