import type { Incident } from "../../index.ts";
import { numberOf } from "../../reporters/text/numbers.ts";
import { terminalLine } from "../../records/terminal-text.ts";
import { logLine } from "../draw/colours.ts";
import { cell, end } from "../draw/text.ts";
import type { FilteredLines } from "../logs/line-filter.ts";
import { listOf, rowsOfLines, type Row, type Rows } from "../rows.ts";
import type { Scene, Screen } from "./screen.ts";

/** The records as they came, with their colours; those that are evidence are marked. */
export const logs: Screen = (scene) => {
  const { snapshot, width, paint, color } = scene;
  const { lines } = snapshot;
  if (lines.count === 0) {
    const why =
      snapshot.status.reading !== null ? "Reading ..." : "There is no text among the inputs; spans are under Runs (2).";
    return { head: [], rows: listOf(rowsOfLines([paint.dim(why)], "none")) };
  }
  const marks = marksOf(scene);
  const filtered = filteredBy(scene, marks);
  const sorted = [...marks.keys()].toSorted((a, b) => a - b);
  const names = namesOf(scene);
  const digits = Math.max(5, String(lines.count).length);

  function at(index: number): Row {
    const full = filtered === null ? index : filtered.full(index);
    const { source, line, raw } = lines.at(full);
    const { line: shown, text } = logLine(raw, width - digits - names.width - 4, color);
    const incident = marks.get(full)?.id;
    const place = (names.width > 0 ? `${names.of(source)} ` : "") + String(line).padStart(digits);
    return {
      id: `${source}:${line}`,
      line: `${incident === undefined ? " " : paint.red("▌")} ${paint.dim(place)} ${shown}`,
      text,
      failed: incident !== undefined,
      evidence: { ...NOWHERE, source, line, excerpt: text },
      ...(incident !== undefined && { incident, open: { screen: "incident" as const, subject: incident } }),
    };
  }

  const placeOf = (full: number): number => (filtered === null || full < 0 ? full : filtered.indexOf(full));
  const shown = filtered === null ? sorted : sorted.map((full) => filtered.indexOf(full)).filter((index) => index >= 0);
  const rows: Rows = {
    get count() {
      return filtered === null ? lines.count : filtered.count;
    },
    at,
    indexOf(id) {
      const colon = id.lastIndexOf(":");
      return placeOf(lines.find(id.slice(0, colon), Number(id.slice(colon + 1))));
    },
    failure: (from, step) =>
      (step === 1 ? shown.find((line) => line > from) : shown.findLast((line) => line < from)) ?? -1,
  };
  if (filtered === null) return { head: [], rows };
  const isOver = filtered.looked >= lines.count;
  const share = `${numberOf(filtered.count)} of ${numberOf(lines.count)} lines pass the filter`;
  const head = [paint.dim(isOver ? share : `${share}; looked at ${numberOf(filtered.looked)} so far`)];
  return filtered.count > 0 ? { head, rows } : { head, rows: listOf([]) };
};

const NOWHERE = {
  kind: "log",
  byteOffset: null,
  traceId: null,
  spanId: null,
  messageIndex: null,
  callId: null,
  highlight: null,
} as const;

/** Which lines are evidence, and of what. */
function marksOf({ snapshot }: Scene): Map<number, Incident> {
  const marks = new Map<number, Incident>();
  for (const incident of snapshot.report.incidents)
    for (const { kind, source, line } of incident.evidence) {
      const index = kind === "log" && line !== null ? snapshot.lines.find(source, line) : -1;
      if (index >= 0 && !marks.has(index)) marks.set(index, incident);
    }
  return marks;
}

/** Words are looked for in the line; fields and `is:failed` hold of the incident whose evidence it is. */
function filteredBy(
  { snapshot, matches, filter, lineFilter }: Scene,
  marks: Map<number, Incident>,
): FilteredLines | null {
  if (matches === null) return null;
  const { lines, status } = snapshot;
  const key = `${filter} ${filter.includes(":") ? marks.size : ""}`;
  return lineFilter.of(key, lines, status.droppedLines, (full) => {
    const mark = marks.get(full);
    return matches({
      ...(mark && {
        tool: mark.tool,
        layer: mark.layer,
        classifier: mark.classifier,
        severity: mark.severity,
        agent: mark.agents,
        model: mark.models,
        run: mark.runs,
        is: ["failed", ...mark.modifiers],
      }),
      text: terminalLine(lines.at(full).raw),
    });
  });
}

/** What tells the sources apart: their last part, or where that is the same in two of them the folder, too. */
function namesOf({ snapshot, width }: Scene): { width: number; of(source: string): string } {
  const sources = snapshot.report.sources.map(({ name }) => name);
  if (sources.length < 2) return { width: 0, of: () => "" };
  const last = (name: string): string => name.split("/").at(-1) ?? name;
  const isTold = new Set(sources.map(last)).size === sources.length;
  const room = Math.min(isTold ? 20 : 32, Math.floor(width / (isTold ? 5 : 4)));
  return { width: room, of: (source) => (isTold ? cell(last(source), room - 1) : end(source, room - 1)) };
}
