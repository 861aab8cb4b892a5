import type { RunView } from "../../compare-tools.ts";
import { msOf } from "../../reporters/show-waterfall.ts";
import { barsOf, inFlight, laneRows } from "../draw/waterfall.ts";
import { cell, right } from "../draw/text.ts";
import { listOf, rowsOfLines, type Row } from "../rows.ts";
import type { Scene, Screen } from "./screen.ts";

/** One run over time: what ran at once, its agents as lanes, its spans, its calls, and where it broke. */
export const run: Screen = (scene) => {
  const { snapshot, subject, width, paint } = scene;
  const one = snapshot.run(subject);
  if (one == null)
    return {
      head: [],
      rows: listOf(rowsOfLines([paint.dim(one === null ? "..." : "This run is not kept any more.")], "gone")),
    };
  const bars = barsOf(one);
  const label = Math.min(Math.floor(width * 0.4), 44);
  const room = Math.max(8, width - label - DURATION - 3);
  const lanes = laneRows(bars, room);
  return {
    head: [],
    rows: listOf([
      ...headRows(one, scene),
      ...(bars.length === 0
        ? []
        : [
            ...rowsOfLines(["", `  ${paint.bold(cell("at once", label))} ${paint.cyan(inFlight(bars, room))}`], "f"),
            ...lanes.map(({ agent, line, failed }, n): Row => ({
              id: `n${n}`,
              line: `  ${cell(agent, label)} ${failed ? paint.yellow(line) : paint.cyan(line)}`,
              text: agent,
            })),
            ...rowsOfLines([""], "g"),
          ]),
      ...bars.map((bar, n): Row => {
        const name = cell(`${"  ".repeat(Math.min(bar.depth, 12))}${bar.name}`, label);
        const color = bar.failed ? paint.red : paint.cyan;
        const hidden = bar.failed && bar.status === "ok" ? "  the span says ok" : "";
        return {
          id: `s${n}`,
          line: `${bar.failed ? paint.red("✗") : bar.status === "ok" ? paint.green("✓") : " "} ${bar.failed ? paint.bold(name) : name} ${color(bar.draw(room))}${paint.dim(right(bar.ms === null ? "" : msOf(bar.ms), DURATION))}`,
          text: `${bar.name} ${bar.message ?? ""}${hidden}`,
          says: `${bar.failed ? "failed: " : ""}${cell(bar.name, bar.name.length)}, ${bar.ms === null ? "no time" : msOf(bar.ms)}${hidden}`,
          failed: bar.failed,
          ...(bar.call !== null && { open: { screen: "call" as const, subject: bar.call } }),
        };
      }),
      ...rowsOfLines(["", paint.bold("calls")], "k"),
      ...one.calls.map((call): Row => {
        const isBad = call.causes.length > 0 || call.outcome === "failed" || call.outcome === "masked";
        const [cause] = call.causes;
        return {
          id: `c${call.key}`,
          line: `${isBad ? paint.red("✗") : call.outcome === "ok" ? paint.green("✓") : paint.dim("?")} ${cell(call.tool ?? "?", 24)} ${cell(call.argumentsRaw ?? "", Math.max(8, width - 60))} ${paint.dim(cell(cause?.classifier ?? call.outcome, 32))}`,
          text: `${call.tool} ${call.argumentsRaw} ${cause?.classifier ?? ""}`,
          open: { screen: "call", subject: call.key },
          failed: isBad,
          ...(cause && { incident: cause.id }),
        };
      }),
      ...(one.calls.length === 0 ? rowsOfLines([paint.dim("  none")], "none") : []),
    ]),
  };
};

const DURATION = 10;

function headRows(one: RunView, { paint, width }: Scene): Row[] {
  const facts = [
    one.framework,
    one.agents.length > 0 ? `agents ${one.agents.slice(0, 5).join(", ")}` : null,
    one.models.slice(0, 3).join(", ") || null,
    `${one.calls.length} calls`,
    one.durationMs === null ? null : msOf(one.durationMs),
    one.start?.replace("T", " ") ?? null,
    one.ended === null || one.ended.outcome === "ok" ? null : `ended: ${one.ended.reason ?? one.ended.outcome}`,
    one.dropped > 0 ? `${one.dropped} spans were not kept` : null,
  ].filter((fact) => fact !== null);
  const causes = one.causes.map((cause): Row => {
    const text = `${cause.id === one.broke?.id && !cause.recovered ? "broke here: " : ""}${cause.classifier}: ${cause.title}`;
    return {
      id: `i${cause.id}`,
      line: `${cause.recovered ? paint.green("↺") : paint.red("✗")} ${cell(text, width - 2)}`,
      text,
      open: { screen: "incident", subject: cause.id },
      incident: cause.id,
      failed: !cause.recovered,
    };
  });
  return [
    ...rowsOfLines([paint.bold(cell(`run ${one.id}`, width)), paint.dim(cell(facts.join(" · "), width))], "h"),
    ...causes,
  ];
}
