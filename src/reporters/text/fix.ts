import { labelled, roomFor, type Part } from "./part.ts";
import { line, lines } from "./paint.ts";
import { padEnd, widthOf } from "./width.ts";
import { wrap } from "./wrap.ts";

/** The fix in a sentence, in steps, and in code before and after; only the sentence where the rest stands above or the run recovered. */
export function fixLines(part: Part): string[] {
  const { incident, view, paint, fixShown } = part;
  const { summary, steps } = incident.fix;
  const room = roomFor(view, true);
  const short = fixShown || incident.modifiers.includes("recovered");
  const more = short ? [] : steps.flatMap((step, index) => numbered(index + 1, line(step), room));
  const hint =
    short && steps.length > 0
      ? wrap(`(steps ${fixShown ? "above, or" : "by"} misfire explain ${incident.classifier})`, room).map(paint.dim)
      : [];
  return [
    ...labelled("fix", [...wrap(line(summary), room), ...more, ...hint], paint),
    ...(short ? [] : codeLines(part)),
  ];
}

function numbered(number: number, text: string, room: number): string[] {
  const mark = `${number}. `;
  return wrap(text, room - mark.length).map((one, index) => (index === 0 ? mark : " ".repeat(mark.length)) + one);
}

function codeLines({ incident, view, paint }: Part): string[] {
  const [entry] = Object.entries(incident.fix.code);
  if (!entry) return [];
  const [framework, { before, after }] = entry;
  const room = roomFor(view, false);
  const half = Math.floor((room - BETWEEN.length) / 2);
  const [left, right] = [codeOf(before), codeOf(after)];
  const title = `in ${line(framework)}`;
  if (before.trim() === "")
    return labelled(
      "code",
      [paint.dim(`${title}:`), ...right.flatMap((one) => wrap(one, room - 2)).map((one) => `  ${one}`)],
      paint,
    );
  if (half >= 60 && [...left, ...right].every((one) => widthOf(one) <= half)) {
    return [
      ...labelled("code", [paint.dim(padEnd(`${title}, before`, half) + BETWEEN + "after")], paint),
      ...sideBySide(left, right, half).map((one) => `${" ".repeat(9)}${one}`),
    ];
  }
  const wrapped = (code: string[]): string[] => code.flatMap((one) => wrap(one, room - 2)).map((one) => `  ${one}`);
  return labelled(
    "code",
    [paint.dim(`${title}, before:`), ...wrapped(left), paint.dim("after:"), ...wrapped(right)],
    paint,
  );
}

const BETWEEN = " │ ";

function codeOf(code: string): string[] {
  return lines(code).trimEnd().split("\n");
}

function sideBySide(left: readonly string[], right: readonly string[], half: number): string[] {
  const height = Math.max(left.length, right.length);
  return Array.from({ length: height }, (_, index) =>
    (padEnd(left[index] ?? "", half) + BETWEEN + (right[index] ?? "")).trimEnd(),
  );
}
