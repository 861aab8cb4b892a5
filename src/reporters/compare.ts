import type { CauseChange, Comparison, Rate, Total } from "../compare/compare.ts";
import { LEVEL } from "../compare/compare.ts";
import { chanceOf } from "./differs.ts";
import { countOf } from "./text/numbers.ts";
import { line, paintOf, type Paint } from "./text/paint.ts";
import { wrap } from "./text/wrap.ts";

interface View {
  width: number;
  color: boolean;
  /** Also list what did not change. */
  verbose: boolean;
}

/** Which causes are new, more or less frequent, and gone, for people. Of the values of an attribute those that differ. */
export function compareText(comparisons: readonly Comparison[], view: View): string {
  const paint = paintOf(view.color);
  const byValue = comparisons.length > 1;
  const told = comparisons.filter(
    ({ causes }) => !byValue || view.verbose || causes.some(({ change }) => change !== "same"),
  );
  const blocks = told.map((one) => block(one, view, paint));
  if (byValue) {
    const values = comparisons.map(({ after }) => totalOf(after));
    const none = told.length === 0 ? ["", "No cause is clearly more or less frequent with one of these values."] : [];
    blocks.unshift([
      paint.bold(`${comparisons.length} values, each against all others`),
      ...values.map((text) => `  ${text}`),
      ...none,
    ]);
  }
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function block({ by, before, after, causes }: Comparison, view: View, paint: Paint): string[] {
  const changed = causes.filter(({ change }) => change !== "same");
  const shown = view.verbose ? causes : changed;
  const same = causes.length - changed.length;
  const none =
    causes.length === 0 ? "No failures on either side." : "No cause is new, gone, or clearly more or less frequent.";
  return [
    `${paint.bold(by === null ? "before" : "one   ")}  ${totalOf(before)}`,
    `${paint.bold(by === null ? "after " : "other ")}  ${totalOf(after)}`,
    "",
    ...shown.flatMap((cause) => causeLines(cause, by === null, view, paint)),
    ...(changed.length === 0
      ? [by === null || causes.length === 0 ? none : "No cause is clearly more or less frequent."]
      : []),
    ...(same > 0 && !view.verbose
      ? [paint.dim(`${countOf(same, "cause")} as frequent on both sides, as far as the counts can tell (-v)`)]
      : []),
  ];
}

function totalOf({ name, runs, failedRuns, calls, failedCalls }: Total): string {
  const ofCalls = calls === 0 ? "" : `, ${failedCalls} of ${countOf(calls, "call")} failed`;
  return line(`${name}: ${failedRuns} of ${countOf(runs, "run")} failed${ofCalls}`);
}

function causeLines(cause: CauseChange, isTime: boolean, view: View, paint: Paint): string[] {
  const { change, classifier, tool, title, before, after, of, corrected } = cause;
  const word = (isTime ? WORDS : VALUE_WORDS)[change];
  const isBad = change === "new" || change === "more";
  const color = isBad ? paint.red : change === "same" ? paint.dim : paint.green;
  const name = line(`${classifier}${tool === null ? "" : ` · ${tool}`}`);
  const counts = `${rateOf(before)} → ${rateOf(after)} ${of}`;
  const chance =
    corrected === null ? "nothing to test" : `${chanceOf(corrected)}${corrected >= LEVEL ? ", may be chance" : ""}`;
  return [
    `${color(`${MARKS[change]} ${word.padEnd(5)}`)}  ${paint.bold(name)}`,
    ...wrap(`${counts} · ${chance}`, view.width - 9).map((text) => `         ${text}`),
    ...wrap(line(title), view.width - 9).map((text) => `         ${paint.dim(text)}`),
  ];
}

function rateOf({ failed, total }: Rate): string {
  return `${failed} of ${total}`;
}

const MARKS: Record<CauseChange["change"], string> = { new: "✗", more: "✗", fewer: "✓", gone: "✓", same: "=" };
const WORDS: Record<CauseChange["change"], string> = {
  new: "new",
  more: "more",
  fewer: "fewer",
  gone: "gone",
  same: "same",
};
/** Of two values none is earlier. */
const VALUE_WORDS: Record<CauseChange["change"], string> = { ...WORDS, new: "more", gone: "fewer" };
