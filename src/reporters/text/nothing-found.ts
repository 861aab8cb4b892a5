import type { Report } from "../../records/report.ts";
import type { View } from "../reporter.ts";
import { countOf } from "./numbers.ts";
import { line, type Paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

/** Nothing found: what was looked at, so that silence is not mistaken for health. */
export function nothingFound(report: Report, view: View, paint: Paint): string[] {
  const { sources, coverage, totals, verdict } = report;
  if (sources.length === 0) return ["Nothing to diagnose: there is no file that is text, JSON or OTLP."];
  if (sources.every(({ bytes }) => bytes === 0))
    return [`Nothing to diagnose: ${sources.length > 1 ? "the inputs are" : "the input is"} empty.`];
  const records = [
    coverage.records > 0 ? countOf(coverage.records, "record") : "",
    coverage.spans > 0 ? countOf(coverage.spans, "span") : "",
  ]
    .filter(Boolean)
    .join(", ");
  const looked = `Looked at ${named(sources.map(({ name }) => name))}: ${formats(report)}${records === "" ? "" : `, ${records}`}${spoken(coverage.dialects)}`;
  if (verdict === "no-agent-data") {
    const hint = view.verbose ? "" : " --verbose says how each input was read.";
    return [
      paint.yellow("Nothing here is about an agent: no tool call, no model call."),
      ...wrap(`${looked}.${hint}`, view.width),
    ];
  }
  const calls =
    totals.requested > 0 ? `; ${countOf(totals.requested, "call")} requested, ${totals.answered} answered` : "";
  return [
    paint.green("No failed tool call found."),
    ...wrap(`${looked}${calls}.`, view.width),
    ...openEnds(coverage.notes).flatMap((text) => wrap(text, view.width)),
  ];
}

/** Where a record stops behind a call, no failure found is not the same as none. */
function openEnds(notes: readonly string[]): string[] {
  return notes.flatMap((note) => {
    const said = /^unanswered: (.)(.*)$/s.exec(note);
    return said === null ? [] : `${said[1]!.toUpperCase()}${line(said[2]!)}.`;
  });
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => (name === "-" ? "stdin" : line(name)));
  return names.length > 3 ? `${shown.join(", ")} and ${names.length - 3} more` : shown.join(", ");
}

function formats({ sources }: Report): string {
  return [...new Set(sources.map(({ format }) => format))].join(", ");
}

function spoken(dialects: readonly string[]): string {
  return dialects.length === 0 ? "" : ` (${dialects.map(line).join(", ")})`;
}
