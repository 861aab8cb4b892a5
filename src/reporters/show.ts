import type { RunView } from "../compare/show.ts";
import { callLines } from "./show-call.ts";
import { msOf, waterfall } from "./show-waterfall.ts";
import { countOf } from "./text/numbers.ts";
import { line, paintOf, type Paint } from "./text/paint.ts";
import { wrap } from "./text/wrap.ts";

/** One run for people: where it broke, the waterfall of its spans, and its calls in order. With `only`, that call alone. */
export function showText(run: RunView, view: { width: number; color: boolean; only: string | null }): string {
  const width = Math.max(view.width, 64);
  const paint = paintOf(view.color);
  const calls = view.only === null ? run.calls : run.calls.filter(({ key }) => key === view.only);
  const blocks = [
    headLines(run, width, paint),
    waterfall(run, width, paint),
    ...calls.slice(0, MOST_CALLS).map((call) => callLines(call, width, paint)),
  ].filter(({ length }) => length > 0);
  if (calls.length > MOST_CALLS)
    blocks.push([paint.dim(`and ${calls.length - MOST_CALLS} more calls (-f json has all)`)]);
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

const MOST_CALLS = 100;

function headLines(run: RunView, width: number, paint: Paint): string[] {
  const failed = run.calls.filter(
    ({ outcome, causes }) => outcome === "failed" || outcome === "masked" || causes.length > 0,
  );
  const facts = [
    run.framework,
    run.agents.length > 0 ? `agent ${run.agents.slice(0, 3).join(", ")}` : null,
    run.models.slice(0, 3).join(", "),
    `${countOf(run.calls.length, "call")}, ${failed.length} failed`,
    run.durationMs === null ? null : msOf(run.durationMs),
    run.start?.replace("T", " ") ?? null,
    run.ended === null || run.ended.outcome === "ok" ? null : `ended: ${run.ended.reason ?? run.ended.outcome}`,
  ];
  const text = facts.filter((fact) => fact !== null && fact !== "").join(" · ");
  return [
    ...wrap(line(`run ${run.id}`), width).map(paint.bold),
    ...wrap(line(text), width - 2).map((one) => `  ${paint.dim(one)}`),
    ...run.causes.slice(0, MOST_CAUSES).flatMap((cause) => {
      const mark = cause.recovered ? paint.green("↺") : cause.id === run.broke?.id ? paint.red("✗") : paint.dim("·");
      const word = cause.id === run.broke?.id && !cause.recovered ? "broke here: " : "";
      const at = cause.stage === null ? "" : ` (${cause.stage})`;
      return wrap(line(`${word}${cause.classifier}${at}: ${cause.title}`), width - 4).map(
        (one, n) => `  ${n === 0 ? mark : " "} ${one}`,
      );
    }),
  ];
}

const MOST_CAUSES = 8;
