import { bytesOf, numberOf } from "../../reporters/text/numbers.ts";
import { wrap } from "../../reporters/text/wrap.ts";
import { line } from "../../reporters/text/paint.ts";
import { cell, right } from "../draw/text.ts";
import { listOf, rowsOfLines } from "../rows.ts";
import type { Screen } from "./screen.ts";

/** What was read, in which dialects, what was dropped, and which detectors could not run and why. */
export const coverage: Screen = ({ snapshot, width, paint }) => {
  const { report, status } = snapshot;
  const { sources, totals } = report;
  const wrapped = (text: string): string[] =>
    wrap(line(text), width - 4).map((one, n) => `${n === 0 ? "  " : "    "}${one}`);
  const name = Math.max(16, width - 50);
  const lines = [
    paint.bold("inputs"),
    paint.dim(
      `  ${cell("name", name)}${cell("format", 14)}${right("bytes", 10)}${right("records", 11)}${right("spans", 9)}`,
    ),
    ...sources.map(
      (one) =>
        `  ${cell(one.name, name)}${cell(one.format, 14)}${right(bytesOf(one.bytes), 10)}${right(numberOf(one.records), 11)}${right(numberOf(one.spans), 9)}`,
    ),
    ...status.problems.flatMap((text) => wrapped(text).map(paint.red)),
    "",
    paint.bold("understood"),
    ...wrapped(report.coverage.dialects.length === 0 ? "no dialect of an agent" : report.coverage.dialects.join(", ")),
    `  ${numberOf(totals.requested)} calls requested, ${numberOf(totals.answered)} answered, ${numberOf(totals.failed)} failed, ${numberOf(totals.recovered)} recovered`,
    "",
    paint.bold("detectors that could not run"),
    ...(report.coverage.skipped.length === 0
      ? [paint.dim("  none")]
      : report.coverage.skipped.flatMap(({ detector, reason }) => wrapped(`${detector}: ${reason}`))),
    "",
    paint.bold("dropped"),
    ...(Object.keys(report.coverage.dropped).length === 0 && status.droppedLines === 0 ? [paint.dim("  nothing")] : []),
    ...Object.entries(report.coverage.dropped).flatMap(([reason, count]) => wrapped(`${numberOf(count)}: ${reason}`)),
    ...(status.droppedLines > 0
      ? [`  ${numberOf(status.droppedLines)} lines of streams are not kept for the logs screen; they were judged`]
      : []),
    "",
    paint.bold("notes"),
    ...report.coverage.notes.flatMap((note) => wrapped(note).map(paint.dim)),
  ];
  return { head: [], rows: listOf(rowsOfLines(lines, "v")) };
};
