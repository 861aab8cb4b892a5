import { logLine } from "../draw/colours.ts";
import { cell } from "../draw/text.ts";
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
  const sorted = [...marks.keys()].toSorted((a, b) => a - b);
  const isOne = snapshot.report.sources.length < 2;
  const names = isOne ? 0 : Math.min(20, Math.floor(width / 5));
  const digits = Math.max(5, String(lines.count).length);

  function at(index: number): Row {
    const { source, line, raw } = lines.at(index);
    const { line: shown, text } = logLine(raw, width - digits - names - 4, color);
    const incident = marks.get(index);
    const place =
      (names > 0 ? `${cell(source.split("/").at(-1) ?? source, names - 1)} ` : "") + String(line).padStart(digits);
    return {
      id: `${source}:${line}`,
      line: `${incident === undefined ? " " : paint.red("▌")} ${paint.dim(place)} ${shown}`,
      text,
      failed: incident !== undefined,
      evidence: {
        kind: "log",
        source,
        line,
        byteOffset: null,
        traceId: null,
        spanId: null,
        messageIndex: null,
        callId: null,
        excerpt: text,
        highlight: null,
      },
      ...(incident !== undefined && { incident, open: { screen: "incident" as const, subject: incident } }),
    };
  }

  const rows: Rows = {
    get count() {
      return lines.count;
    },
    at,
    indexOf(id) {
      const colon = id.lastIndexOf(":");
      return lines.find(id.slice(0, colon), Number(id.slice(colon + 1)));
    },
    failure: (from, step) =>
      (step === 1 ? sorted.find((line) => line > from) : sorted.findLast((line) => line < from)) ?? -1,
  };
  return { head: [], rows };
};

/** Which lines are evidence, and of what. */
function marksOf({ snapshot }: Scene): Map<number, string> {
  const marks = new Map<number, string>();
  for (const { id, evidence } of snapshot.report.incidents)
    for (const { kind, source, line } of evidence) {
      const index = kind === "log" && line !== null ? snapshot.lines.find(source, line) : -1;
      if (index >= 0 && !marks.has(index)) marks.set(index, id);
    }
  return marks;
}
