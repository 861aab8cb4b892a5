import type { Evidence } from "../../records/evidence.ts";
import { contextKey } from "../reporter.ts";
import { labelled, roomFor, type Part } from "./part.ts";
import { line, type Paint } from "./paint.ts";
import { placeOf } from "./place.ts";
import { widthOf } from "./width.ts";
import { windowOf } from "./window.ts";
import { clip, wrap } from "./wrap.ts";

/** Where it was seen: the best evidence in full with the matched words marked, then those that say something else, then the other places. */
export function seenLines(part: Part): string[] {
  const { incident, view, paint } = part;
  const [best, ...others] = incident.evidence;
  if (!best) return [];
  const room = roomFor(view, false);
  const said = new Set([sentenceOf(best)]);
  const different = others.filter((one) => one.excerpt !== "" && !said.has(sentenceOf(one)) && said.add(sentenceOf(one))).slice(0, MOST_DIFFERENT);
  const same = others.filter((one) => !different.includes(one)).map((one) => placeOf(one, view));
  const uncounted = Math.max(0, incident.count - incident.evidence.length);
  const places = [...new Set(same)].slice(0, MOST_PLACES);
  const rest = same.length > 0 || uncounted > 0 ? `${places.join(", ")}${uncounted > 0 ? `${places.length > 0 ? ", " : ""}and ${uncounted} more` : ""}` : "";
  return labelled(
    "seen",
    [...evidenceLines(best, part, room), ...different.flatMap((one) => shortLines(one, part, room)), ...(rest === "" ? [] : wrap(line(rest), room).map(paint.dim))],
    paint,
  );
}

const MOST_DIFFERENT = 2;
const MOST_PLACES = 8;

function evidenceLines(evidence: Evidence, { view, paint }: Part, room: number): string[] {
  const place = placeOf(evidence, view);
  const around = view.context.get(contextKey(evidence));
  if (!around) return shortOrUnder(place, evidence, paint, room);
  const dim = (texts: readonly string[]): string[] => texts.map((text) => `  ${paint.dim(clip(line(text), room - 2))}`);
  return [paint.cyan(place), ...dim(around.before), `${paint.red(">")} ${marked(evidence, paint, room - 2)}`, ...dim(around.after)];
}

function shortLines(evidence: Evidence, { view, paint }: Part, room: number): string[] {
  return shortOrUnder(placeOf(evidence, view), evidence, paint, room);
}

/** Behind the place where at least half of the line is left, else under it. */
function shortOrUnder(place: string, evidence: Evidence, paint: Paint, room: number): string[] {
  if (evidence.excerpt === "") return [paint.cyan(clip(place, room))];
  const left = room - widthOf(place) - 2;
  const needed = widthOf(line(sentenceOf(evidence)));
  if (left >= Math.min(needed, Math.max(room * 0.6, 40))) return [`${paint.cyan(place)}  ${marked(evidence, paint, left)}`];
  return [paint.cyan(clip(place, room)), `  ${marked(evidence, paint, room - 2)}`];
}

/** The line of the excerpt that matched, cut to the room around the matched words. */
function marked(evidence: Evidence, paint: Paint, room: number): string {
  const { start, text } = matchedLine(evidence);
  const range = evidence.highlight && ([evidence.highlight[0] - start, Math.min(evidence.highlight[1] - start, text.length)] as const);
  const shown = windowOf(text, range && range[1] > range[0] ? range : null, room);
  if (!shown.range) return shown.text;
  return shown.text.slice(0, shown.range[0]) + paint.match(shown.text.slice(...shown.range)) + shown.text.slice(shown.range[1]);
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
