import type { RunView } from "../../compare-tools.ts";
import { msOf } from "../../reporters/show-waterfall.ts";
import { cell, clock, right } from "../draw/text.ts";
import { listOf, rowsOfLines, type Row } from "../rows.ts";
import type { Scene, Screen } from "./screen.ts";

/** All runs: which failed, their calls, agents and times. */
export const runs: Screen = (scene) => {
  const { snapshot, width, paint } = scene;
  const shown = snapshot.runs().filter((run) => scene.matches?.(filterable(run)) ?? true);
  if (shown.length === 0) return { head: [], rows: listOf(rowsOfLines([paint.dim("No run of an agent.")], "none")) };
  const id = Math.max(16, Math.min(40, width - 56));
  const head = paint.dim(
    `  ${cell("run", id)}${right("calls", 7)}${right("failed", 8)}${right("time", 11)}${right("start", 10)}  ${cell("agents", Math.max(0, width - id - 40))}`,
  );
  return { head: [head], rows: listOf(shown.map((run) => rowOf(run, id, scene))) };
};

function rowOf(run: RunView, id: number, { width, paint }: Scene): Row {
  const failed = failedOf(run);
  const isBad = run.causes.some(({ recovered }) => !recovered) || run.ended?.outcome === "failed";
  const mark = isBad ? paint.red("✗") : run.causes.length > 0 ? paint.green("↺") : paint.green("✓");
  return {
    id: run.id,
    line: `${mark} ${cell(run.id, id)}${right(String(run.calls.length), 7)}${(failed > 0 ? paint.red : paint.dim)(right(String(failed), 8))}${right(run.durationMs === null ? "-" : msOf(run.durationMs), 11)}${paint.dim(right(clock(run.start), 10))}  ${cell(run.agents.join(", "), Math.max(0, width - id - 40))}`,
    text: `${run.id} ${run.agents.join(" ")} ${run.causes.map(({ classifier }) => classifier).join(" ")}`,
    open: { screen: "run", subject: run.id },
    failed: isBad,
    ...(run.broke && { incident: run.broke.id }),
  };
}

export function failedOf({ calls }: RunView): number {
  return calls.filter(({ outcome, causes }) => outcome === "failed" || outcome === "masked" || causes.length > 0)
    .length;
}

function filterable(run: RunView) {
  return {
    tool: run.calls.map(({ tool }) => tool ?? "").join(" "),
    layer: run.causes.map(({ classifier }) => classifier.split("/")[0]).join(" "),
    classifier: run.causes.map(({ classifier }) => classifier).join(" "),
    agent: run.agents,
    model: run.models,
    run: [run.id],
    is: run.causes.some(({ recovered }) => !recovered) ? ["failed"] : run.causes.length > 0 ? ["recovered"] : ["ok"],
    time: run.start === null ? null : Date.parse(run.start),
    text: `${run.id} ${run.agents.join(" ")} ${run.models.join(" ")} ${run.causes.map(({ title }) => title).join(" ")}`,
  };
}
