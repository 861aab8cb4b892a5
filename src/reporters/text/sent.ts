import type { Incident } from "../../records/report.ts";
import type { Part } from "./part.ts";
import { line } from "./paint.ts";
import { schemaSummary } from "./schema-summary.ts";
import { widthOf } from "./width.ts";
import { windowOf } from "./window.ts";
import { wrap } from "./wrap.ts";

/** The raw arguments with a mark under the one that is wrong, and what the tool takes. */
export function sentLines({ incident, view, paint }: Part): string[] {
  const { call, layer } = incident;
  if (!call || call.argumentsRaw === null || !SHOWN.has(layer)) return [];
  const room = view.width - INDENT;
  const { text, range } = windowOf(call.argumentsRaw, argumentIn(call.argumentsRaw, incident), room);
  const lines = [
    row("sent", range ? text.slice(0, range[0]) + paint.match(text.slice(...range)) + text.slice(range[1]) : text),
  ];
  if (range) lines.push(...caret(text, range, noteOf(incident), room).map((one) => row("", paint.red(one))));
  const takes = layer === "arguments" || layer === "registration" ? schemaSummary(call.schema, incident.facts) : null;
  if (takes !== null) lines.push(...wrap(line(takes), room).map((one, index) => row(index === 0 ? "schema" : "", one)));
  return lines;
}

/** Layers in which the arguments say something about the failure. */
const SHOWN: ReadonlySet<string> = new Set([
  "registration",
  "model",
  "arguments",
  "execution",
  "mcp",
  "flow",
  "result",
  "schema",
]);
const INDENT = 15;

function row(label: string, text: string): string {
  return `${" ".repeat(6)}${label.padEnd(INDENT - 6)}${text}`;
}

/** Where the argument's name stands as a key of the raw JSON. */
function argumentIn(raw: string, { layer, facts }: Incident): [number, number] | null {
  const name = facts.argument?.split(/[.[]/)[0];
  if (layer !== "arguments" || !name) return null;
  const at = raw.indexOf(`"${name}"`);
  return at < 0 ? null : [at + 1, at + 1 + name.length];
}

/** `^^^^^ note`, the note before the mark or on a line of its own where it does not fit behind it. */
function caret(text: string, [start, end]: [number, number], note: string, room: number): string[] {
  const indent = widthOf(text.slice(0, start));
  const mark = "^".repeat(Math.max(1, widthOf(text.slice(start, end))));
  if (note === "") return [" ".repeat(indent) + mark];
  if (indent + mark.length + 1 + widthOf(note) <= room) return [`${" ".repeat(indent)}${mark} ${note}`];
  if (widthOf(note) + 1 <= indent) return [`${" ".repeat(indent - widthOf(note) - 1)}${note} ${mark}`];
  return [" ".repeat(indent) + mark, ...wrap(note, room)];
}

function noteOf({ facts }: Incident): string {
  const { nearest, expected, received, allowed } = facts;
  if (nearest) return line(`did the model mean ${nearest}?`);
  if (expected && received) return line(`needs ${expected}, got ${received}`);
  if (allowed) return line(`one of ${allowed}`);
  if (expected) return line(`needs ${expected}`);
  return "";
}
