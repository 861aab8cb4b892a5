import { consequenceLines } from "./consequences.ts";
import { fixLines } from "./fix.ts";
import { headline } from "./headline.ts";
import { lifeLines } from "./life.ts";
import { line } from "./paint.ts";
import { PROSE, type Part } from "./part.ts";
import { seenLines } from "./seen.ts";
import { sentLines } from "./sent.ts";
import { wrap } from "./wrap.ts";

/** One root cause with all that belongs to it. */
export function incidentBlock(part: Part): string[] {
  const { incident } = part;
  const sections = [
    headline(part),
    [...causeLines(part), ...sentLines(part)],
    lifeLines(part),
    [...fixLines(part), ...seenLines(part), ...consequenceLines(incident, part)],
  ];
  return sections.filter((lines) => lines.length > 0).flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
}

function causeLines({ incident, view }: Part): string[] {
  return wrap(line(incident.cause), Math.min(view.width, PROSE) - 2).map((one) => `  ${one}`);
}
