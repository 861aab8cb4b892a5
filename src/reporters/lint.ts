import type { LintReport } from "../lint/report.ts";
import { countOf } from "./text/numbers.ts";
import { line, paintOf, type Paint } from "./text/paint.ts";
import { wrap } from "./text/wrap.ts";

interface View {
  width: number;
  color: boolean;
  quiet: boolean;
}

/** What is wrong with tool definitions, for people. */
export function lintText(report: LintReport, view: View): string {
  const paint = paintOf(view.color);
  if (view.quiet)
    return report.problems.map((one) => `${headOf(one)}${one.path === "" ? "" : ` at ${line(one.path)}`}\n`).join("");
  if (report.verdict === "no-tools" && report.problems.length === 0) return "No tool definitions found.\n";
  const blocks = report.problems.map((problem) => problemLines(problem, view, paint).join("\n"));
  return `${[...blocks, totals(report, view)].join("\n\n")}\n`;
}

type One = LintReport["problems"][number];

function headOf({ tool, message }: One): string {
  return line(tool === null ? message : `${tool}: ${message}`);
}

function problemLines(problem: One, view: View, paint: Paint): string[] {
  const { severity, path, classifier, fix, place, places } = problem;
  const isError = severity === "error";
  const [first = "", ...rest] = wrap(headOf(problem), view.width - 2);
  const mark = isError ? paint.red("✗") : paint.yellow("!");
  const where = [
    line(classifier),
    ...(path === "" ? [] : [`at ${line(path)}`]),
    takers(problem),
    `${seenAt(place)}${places > 1 ? ` and ${countOf(places - 1, "other place")}` : ""}`,
  ];
  return [
    `${mark} ${paint.bold(first)}`,
    ...rest.map((text) => `  ${paint.bold(text)}`),
    ...wrap(where.join(" · "), view.width - 2).map((text) => `  ${paint.dim(text)}`),
    ...wrap(line(fix), view.width - 8).map((text, at) => `  ${at === 0 ? "fix   " : "      "}${text}`),
  ];
}

function takers({ severity, providers }: One): string {
  return `${severity === "error" ? "refused by" : "of"} ${providers.join(", ")}`;
}

function seenAt({ source, line: at, spanId }: One["place"]): string {
  const name = source === "-" ? "stdin" : source;
  return line(at !== null ? `${name}:${at}` : spanId !== null ? `${name} span ${spanId}` : name);
}

function totals({ problems, tools, providers }: LintReport, view: View): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  const by = providers.length === 0 ? "the rules of all providers" : `the rules of ${providers.join(", ")}`;
  const found =
    problems.length === 0
      ? `Nothing wrong with ${countOf(tools, "tool")}`
      : `${countOf(errors, "error")}, ${countOf(warnings, "warning")} in ${countOf(tools, "tool")}`;
  const more = problems[0] === undefined ? [] : [`misfire explain ${line(problems[0].classifier)} says more`];
  return wrap([`${found} by ${by}`, ...more].join("; "), view.width).join("\n");
}
