import type { Evidence } from "../../records/evidence.ts";
import { contextKey } from "../reporter.ts";
import { labelled, roomFor, type Part } from "./part.ts";
import { line, type Paint } from "./paint.ts";
import { placeOf, placesOf } from "./place.ts";
import { widthOf } from "./width.ts";
import { NEAR, rowsOf, windowOf } from "./window.ts";
import { clip, wrap } from "./wrap.ts";

/** Where it was seen: the best evidence in full with the matched words marked, then those that say something else, then the other places. */
export function seenLines(part: Part): string[] {
  const { incident, view, paint } = part;
  const [best, ...others] = incident.evidence;
  if (!best) return [];
  const room = roomFor(view, false);
  const said = new Set([gistOf(best)]);
  const different = others
    .filter((one) => one.excerpt !== "" && placeOf(one, view) !== placeOf(best, view))
    .filter((one) => !said.has(gistOf(one)) && said.add(gistOf(one)))
    .slice(0, MOST_DIFFERENT);
  const uncounted = Math.max(0, incident.count - incident.evidence.length);
  const shown = new Set([best, ...different].map((one) => placeOf(one, view)));
  const places = placesOf(
    others.filter((one) => !shown.has(placeOf(one, view))),
    view,
  ).slice(0, MOST_PLACES);
  const rest = [...places, ...(uncounted > 0 ? [`and ${uncounted} more`] : [])].join(", ");
  return labelled(
    "seen",
    [
      ...bestLines(best, part, room),
      ...different.flatMap((one) => evidenceLines(placeOf(one, view), one, paint, room, 1)),
      ...(rest === "" ? [] : wrap(line(rest), room).map(paint.dim)),
    ],
    paint,
  );
}

const MOST_DIFFERENT = 2;
const MOST_PLACES = 8;

/** With lines around it, where those were read; else over several lines where it is long. */
function bestLines(evidence: Evidence, { view, paint }: Part, room: number): string[] {
  const place = placeOf(evidence, view);
  const around = view.context.get(contextKey(evidence));
  if (!around) return evidenceLines(place, evidence, paint, room, MOST_ROWS);
  const dim = (texts: readonly string[]): string[] => texts.map((text) => `  ${paint.dim(clip(line(text), room - 2))}`);
  const [first = "", ...more] = marked(evidence, paint, room - 2, MOST_ROWS);
  return [
    paint.cyan(place),
    ...dim(around.before),
    `${paint.red(">")} ${first}`,
    ...more.map((one) => `  ${one}`),
    ...dim(around.after),
  ];
}

const MOST_ROWS = 3;

/** Behind the place where it fits there, or fits well enough when it must be on one row; else under it. */
function evidenceLines(place: string, evidence: Evidence, paint: Paint, room: number, rows: number): string[] {
  if (evidence.excerpt === "") return [paint.cyan(clip(place, room))];
  const left = room - widthOf(place) - 2;
  const enough = Math.min(
    widthOf(line(sentenceOf(evidence).slice(0, room * 2))),
    rows > 1 ? room * 2 : Math.max(room * 0.6, 40),
  );
  if (left >= enough) return [`${paint.cyan(place)}  ${marked(evidence, paint, left, 1)[0]}`];
  return [paint.cyan(clip(place, room)), ...marked(evidence, paint, room - 2, rows).map((one) => `  ${one}`)];
}

/** The line of the excerpt that matched, the matched words painted: over at most so many rows, cut around the match where it is longer. */
function marked(evidence: Evidence, paint: Paint, room: number, rows: number): string[] {
  const { start, text } = matchedLine(evidence);
  const range =
    evidence.highlight &&
    ([evidence.highlight[0] - start, Math.min(evidence.highlight[1] - start, text.length)] as const);
  const shown = windowOf(text, range && range[1] > range[0] ? range : null, room * rows - NEAR * (rows - 1));
  return rowsOf(shown.text, room).map(([from, to]) => {
    const [first, last] = shown.range ?? [to, to];
    const at = (offset: number): number => Math.max(from, Math.min(to, offset));
    return (
      shown.text.slice(from, at(first)) +
      paint.match(shown.text.slice(at(first), at(last))) +
      shown.text.slice(at(last), to)
    );
  });
}

/** The matched words, else the line, without its numbers and ids: what two places have to share to say the same. */
function gistOf(evidence: Evidence): string {
  const { excerpt, highlight } = evidence;
  return (highlight ? excerpt.slice(...highlight) : sentenceOf(evidence)).slice(0, 300).replace(/\b\w*\d\w*\b/g, "#");
}

function sentenceOf(evidence: Evidence): string {
  return matchedLine(evidence).text;
}

function matchedLine({ excerpt, highlight }: Evidence): { start: number; text: string } {
  if (!highlight) {
    const start = excerpt.search(/\S/);
    const from = Math.max(0, start);
    const end = excerpt.indexOf("\n", from);
    return { start: from, text: excerpt.slice(from, end < 0 ? undefined : end) };
  }
  const start = excerpt.lastIndexOf("\n", Math.max(0, highlight[0] - 1)) + 1;
  const end = excerpt.indexOf("\n", highlight[0]);
  return { start, text: excerpt.slice(start, end < 0 ? undefined : end) };
}
