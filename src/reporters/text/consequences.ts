import type { Incident } from "../../records/report.ts";
import { labelled, roomFor, type Part } from "./part.ts";
import { line } from "./paint.ts";
import { placeOf } from "./place.ts";
import { clip, wrap } from "./wrap.ts";

/** What followed from it, each under its own cause. */
export function consequenceLines(incident: Incident, part: Part): string[] {
  const found = below(incident, part, 0, new Set([incident.id]));
  return found.length === 0 ? [] : labelled("then", found, part.paint);
}

const DEEPEST = 6;
const MOST = 10;

function below(incident: Incident, part: Part, depth: number, seen: Set<string>): string[] {
  if (depth > DEEPEST) return [];
  const ids = incident.consequences.filter((id) => !seen.has(id));
  for (const id of ids) seen.add(id);
  const found = part.report.incidents.filter(({ id }) => ids.includes(id));
  const lines = found
    .slice(0, MOST)
    .flatMap((one) => [...consequence(one, part, depth), ...below(one, part, depth + 1, seen)]);
  return found.length > MOST ? [...lines, part.paint.dim(`and ${found.length - MOST} more`)] : lines;
}

function consequence(incident: Incident, { view, paint }: Part, depth: number): string[] {
  const indent = "  ".repeat(depth);
  const room = roomFor(view, false) - indent.length;
  const [best] = incident.evidence;
  const head = `${incident.classifier}${incident.tool === null ? "" : ` (${line(incident.tool)})`}, ${incident.count}×`;
  const said = best && best.excerpt !== "" ? `: ${quoted(best.excerpt, best.highlight)}` : "";
  const place = best ? `  ${placeOf(best, view)}` : "";
  return wrap(clip(`${head}${said}`, room * 2) + place, room - 2).map(
    (one, index) => `${indent}${index === 0 ? "" : "  "}${index === 0 ? one : paint.dim(one)}`,
  );
}

function quoted(excerpt: string, highlight: [number, number] | null): string {
  const text = highlight ? excerpt.slice(...highlight) : (excerpt.trim().split("\n")[0] ?? "");
  return `"${clip(line(text), 120)}"`;
}
