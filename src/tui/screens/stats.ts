import type { RunView } from "../../compare-tools.ts";
import { bar, columns } from "../draw/plot.ts";
import { cell, right } from "../draw/text.ts";
import { listOf, rowsOfLines, type Row } from "../rows.ts";
import { failedOf } from "./runs.ts";
import type { Scene, Screen } from "./screen.ts";

/** How often calls fail by tool, runs by model, agent and framework, and against the runs in flight. */
export const stats: Screen = (scene) => {
  const { snapshot, paint } = scene;
  const runs = snapshot.runs();
  const calls = runs.flatMap((run) =>
    run.calls.map((call) => ({ names: [call.tool ?? "?"], failed: failedOf({ ...run, calls: [call] }) > 0 })),
  );
  const byRun = (names: (run: RunView) => string[]) =>
    runs.map((run) => ({ names: names(run), failed: hasFailed(run) }));
  return {
    head: [],
    rows: listOf([
      ...table("calls that fail, by tool", calls, scene),
      ...table(
        "runs that fail, by model",
        byRun(({ models }) => models),
        scene,
      ),
      ...table(
        "runs that fail, by agent",
        byRun(({ agents }) => agents),
        scene,
      ),
      ...table(
        "runs that fail, by framework and version",
        byRun(({ framework }) => (framework === null ? [] : [framework])),
        scene,
      ),
      ...flight(runs, scene),
      ...(runs.length === 0 ? rowsOfLines([paint.dim("No run of an agent, so nothing to count.")], "none") : []),
    ]),
  };
};

function hasFailed(run: RunView): boolean {
  return run.causes.some(({ recovered }) => !recovered) || run.ended?.outcome === "failed";
}

const MOST = 20;

function table(
  title: string,
  all: readonly { names: readonly string[]; failed: boolean }[],
  { width, paint }: Scene,
): Row[] {
  const counts = new Map<string, { all: number; failed: number }>();
  for (const { names, failed } of all)
    for (const name of names) {
      const count = counts.get(name) ?? { all: 0, failed: 0 };
      counts.set(name, { all: count.all + 1, failed: count.failed + (failed ? 1 : 0) });
    }
  if (counts.size === 0) return [];
  const label = Math.min(36, Math.floor(width * 0.4));
  const room = Math.min(40, Math.max(6, width - label - 26));
  const ranked = [...counts].toSorted(([, a], [, b]) => b.failed - a.failed || b.all - a.all).slice(0, MOST);
  const others = counts.size - ranked.length;
  return [
    ...rowsOfLines([paint.bold(title)], title),
    ...ranked.map(([name, { all: total, failed }]): Row => {
      const share = failed / total;
      return {
        id: `${title}${name}`,
        line: `  ${cell(name, label)} ${right(`${failed} of ${total}`, 14)} ${right(`${Math.round(share * 100)} %`, 6)} ${paint.red(bar(share, room))}`,
        text: name,
        failed: failed > 0,
      };
    }),
    ...rowsOfLines(others > 0 ? [paint.dim(`  and ${others} others, which fail less`), ""] : [""], `${title} `),
  ];
}

const HEIGHT = 6;
const MOST_AT_ONCE = 12;

/** The share of failing runs by how many runs there were at the same time. */
function flight(runs: readonly RunView[], { paint }: Scene): Row[] {
  const timed = runs.flatMap((run) => {
    const start = run.start === null || run.durationMs === null ? Number.NaN : Date.parse(run.start);
    return Number.isNaN(start) ? [] : [{ start, end: start + run.durationMs!, failed: hasFailed(run) }];
  });
  if (timed.length < 2) return [];
  const starts = timed.map(({ start }) => start).toSorted((a, b) => a - b);
  const ends = timed.map(({ end }) => end).toSorted((a, b) => a - b);
  const groups = Map.groupBy(timed, ({ start, end }) =>
    Math.min(MOST_AT_ONCE, countTo(starts, end) - countBelow(ends, start)),
  );
  const most = Math.max(...groups.keys());
  const shares = Array.from({ length: most }, (_, n) => {
    const group = groups.get(n + 1) ?? [];
    return group.length === 0 ? 0 : group.filter(({ failed }) => failed).length / group.length;
  });
  const plot = columns(shares, HEIGHT, 4);
  const label = (row: number): string => right(row === 0 ? "100 %" : row === HEIGHT - 1 ? "0 %" : "", 7);
  return rowsOfLines(
    [
      paint.bold("share of runs that fail, by runs in flight"),
      ...plot.map((text, row) => `${paint.dim(`${label(row)} ┤`)}${paint.red(text)}`),
      paint.dim(`${" ".repeat(8)}└${"─".repeat(most * 5)}`),
      paint.dim(
        `${" ".repeat(9)}${shares.map((_, n) => cell(n + 1 === MOST_AT_ONCE ? `${n + 1}+` : ` ${n + 1}`, 5)).join("")}`,
      ),
      paint.dim(`${" ".repeat(9)}${shares.map((_, n) => cell(`n=${groups.get(n + 1)?.length ?? 0}`, 5)).join("")}`),
    ],
    "flight",
  );
}

/** How many of the sorted numbers are at most so much. */
function countTo(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function countBelow(sorted: readonly number[], value: number): number {
  return countTo(sorted, value - 1e-9);
}
