import { STAGES, type Life, type StageState } from "../../records/life.ts";
import type { Part } from "./part.ts";
import type { Paint } from "./paint.ts";

/** The eight stages of the call with their states: on one line where there is room, else on two or four. */
export function lifeLines({ incident, view, paint }: Part): string[] {
  if (!incident.call) return [];
  const { stages } = incident.call;
  return STAGES.every((stage) => stages[stage] === "unknown") ? [] : lifeRow(stages, view.width, paint);
}

export function lifeRow(stages: Life, width: number, paint: Paint): string[] {
  const perRow = [8, 4, 2].find((count) => rowWidth(count) <= width) ?? 1;
  const rows: string[] = [];
  for (let at = 0; at < STAGES.length; at += perRow) {
    const cells = STAGES.slice(at, at + perRow).map((stage, column) => {
      const state = stages[stage];
      const fill = column === perRow - 1 || perRow === STAGES.length ? "" : " ".repeat(WIDEST - stage.length);
      return `${state === "failed" ? paint.bold(stage) : paint.dim(stage)} ${MARKS[state](paint)}${fill}`;
    });
    rows.push(`  ${cells.join("  ")}`);
  }
  return rows;
}

const WIDEST = Math.max(...STAGES.map((stage) => stage.length));

function rowWidth(count: number): number {
  const names = count === STAGES.length ? STAGES.reduce((sum, stage) => sum + stage.length, 0) : WIDEST * count;
  return 2 + names + count * 2 + (count - 1) * 2;
}

const MARKS: Record<StageState, (paint: Paint) => string> = {
  ok: (paint) => paint.green("✓"),
  failed: (paint) => paint.red("✗"),
  "not-reached": (paint) => paint.dim("·"),
  unknown: (paint) => paint.dim("?"),
};
