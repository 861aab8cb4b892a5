import type { Alignment, Step } from "../compare/align.ts";
import type { Apart, Difference } from "../compare/differences.ts";
import type { Differs } from "../compare/differs.ts";
import { countOf } from "./text/numbers.ts";
import { line, paintOf, type Paint } from "./text/paint.ts";
import { padEnd, widthOf } from "./text/width.ts";
import { clip, wrap } from "./text/wrap.ts";

interface View {
  width: number;
  color: boolean;
}

/** What sets failing runs and calls apart, for people. */
export function differsText({ runs, calls, sequence }: Differs, view: View): string {
  const paint = paintOf(view.color);
  const blocks = [apartBlock("run", runs, view, paint), apartBlock("call", calls, view, paint)];
  if (sequence !== null) blocks.push(sequenceBlock(sequence, view, paint));
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

const MOST = 12;

function apartBlock(noun: string, { failing, healthy, tried, differences }: Apart, view: View, paint: Paint): string[] {
  const head = `${countOf(failing, `failing ${noun}`)}, ${healthy} healthy`;
  if (failing === 0 || healthy === 0) {
    const lacks = failing === 0 ? "No failing" : "No healthy";
    return [paint.bold(head), `  ${lacks} ${noun}s to compare with.`];
  }
  if (differences.length === 0) {
    const few =
      tried === 0 ? "too few to tell anything apart" : `of ${countOf(tried, "value")} tried, none is more than chance`;
    return [paint.bold(head), ...wrap(`Nothing sets them apart: ${few}.`, view.width - 2).map((one) => `  ${one}`)];
  }
  const shown = differences.slice(0, MOST);
  const more = differences.length - shown.length;
  return [
    `${paint.bold(head)}${paint.dim(` · what the failing have more often, of ${countOf(tried, "value")} tried`)}`,
    ...shown.flatMap((one) => differenceLines(one, failing, healthy, view, paint)),
    ...(more > 0 ? [paint.dim(`  and ${more} more (-f json)`)] : []),
  ];
}

function differenceLines(one: Difference, failing: number, healthy: number, view: View, paint: Paint): string[] {
  const counts = `${share(one.failing, failing)} failing, ${share(one.healthy, healthy)} healthy   ${chanceOf(one.corrected)}`;
  const room = Math.max(20, view.width - widthOf(counts) - 5);
  const name = clip(nameOf(one), room);
  const alike = one.alike.slice(0, 4).map(nameOf);
  const rest = one.alike.length - alike.length;
  const same = alike.length === 0 ? [] : [`the same ones: ${alike.join("; ")}${rest > 0 ? `; and ${rest} more` : ""}`];
  return [
    `  ${paint.red(padEnd(name, room))}   ${counts}`,
    ...same.flatMap((text) => wrap(text, view.width - 4)).map((text) => `    ${paint.dim(text)}`),
  ];
}

function nameOf({ attribute, value }: { attribute: string; value: string }): string {
  return line(/^(?:>|<=) /.test(value) ? `${attribute} ${value}` : `${attribute} = ${value}`);
}

function share(count: number, of: number): string {
  return `${count} of ${of}`;
}

/** `p = 0.003`, `p < 0.0001`. */
export function chanceOf(p: number): string {
  return p < 0.0001 ? "p < 0.0001" : `p = ${Number(p.toPrecision(2))}`;
}

const MOST_ROWS = 16;

function sequenceBlock({ failing, healthy, rows, first }: Alignment, view: View, paint: Paint): string[] {
  const column = Math.max(16, Math.floor((view.width - 7) / 2));
  const cell = (step: Step | null): string =>
    padEnd(step === null ? "" : clip(`${MARKS[step.outcome]} ${line(step.tool)}`, column), column);
  const head = paint.bold(`Calls of a failing run, and of the healthy one most like it`);
  const names = paint.dim(`    ${padEnd(clip(line(failing), column), column)} ${clip(line(healthy), column)}`);
  if (first === null) return [head, names, `    The same ${countOf(rows.length, "call")}, with the same outcomes.`];
  const from = Math.max(0, first - 4);
  const shown = rows.slice(from, from + MOST_ROWS);
  return [
    head,
    names,
    ...(from > 0 ? [paint.dim(`    ${countOf(from, "call")} the same`)] : []),
    ...shown.map((row, n) => {
      const text = `${cell(row.failing)} ${cell(row.healthy)}`.trimEnd();
      const isFirst = from + n === first;
      return `  ${isFirst ? paint.red("→") : " "} ${row.same ? paint.dim(text) : isFirst ? paint.bold(text) : text}`;
    }),
    ...(from + shown.length < rows.length ? [paint.dim(`    and ${rows.length - from - shown.length} more`)] : []),
  ];
}

const MARKS: Record<Step["outcome"], string> = { ok: "✓", failed: "✗", masked: "✗", unknown: "?" };
