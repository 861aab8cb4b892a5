import { joinWrapped } from "../envelopes/wrap.ts";
import { cut, type Line } from "./lines.ts";

const DEEPEST = 8;

/**
 * Rewrites tracebacks that rich drew in boxes as Python prints them, so that one reader reads both. Borders go, the
 * location rows (`/p/f.py:10 in func`, wrapped at the width) become `  File` lines, panels of a group's members become
 * its tree, and the lines behind a box are joined where they were wrapped. Other lines pass unchanged.
 */
export function unboxRich(lines: readonly Line[], depth = 0): Line[] {
  if (depth > DEEPEST || !lines.some((line) => TOP.test(line.text))) return [...lines];
  const out: Line[] = [];
  let members = 0;
  for (let at = 0; at < lines.length;) {
    const top = TOP.exec(lines[at]!.text);
    if (top === null) {
      out.push(lines[at++]!);
      continue;
    }
    const box = readBox(lines, at, top[1]!.length);
    at = box.end;
    if (box.member === null) {
      if (members > 0) out.push(closing(lines[at - 1]!));
      members = 0;
      out.push({ ...lines[box.start]!, text: "Traceback (most recent call last):" }, ...locations(box.rows));
    } else {
      members++;
      out.push({
        ...lines[box.start]!,
        text: `${box.member === 1 ? "  +-+" : "    +"}---------------- ${box.member} ----------------`,
      });
      out.push(...unboxRich(box.rows, depth + 1).map(asMember));
    }
    const tail = readTail(lines, at, box.column, box.width);
    at = tail.end;
    out.push(...tail.lines);
  }
  if (members > 0) out.push(closing(out.at(-1)!));
  return out;
}

const TOP = /^(\s*)╭─+ ?(?:(Traceback[ (\w]{0,30}\)?)|Sub-exception #(\d+)) ?─*╮?\s*$/;
const closing = (line: Line): Line => ({
  text: "    +------------------------------------",
  start: line.end,
  end: line.end,
});

/** A line of a member with its bar, or what is already a tree two columns further in; its start stays that of its text. */
function asMember(row: Line): Line {
  const prefix = /^(?: {2}\+-\+-| +\+-{4}| {4,}\| )/.test(row.text) ? "  " : "    | ";
  return { text: prefix + row.text, start: row.start - prefix.length, end: row.end };
}

interface Box {
  start: number;
  /** The line after the lower border. */
  end: number;
  column: number;
  width: number;
  /** The number of a group's member; null for a traceback. */
  member: number | null;
  rows: Line[];
}

function readBox(lines: readonly Line[], start: number, column: number): Box {
  const title = TOP.exec(lines[start]!.text)!;
  const rows: Line[] = [];
  let end = start + 1;
  for (; end < lines.length; end++) {
    const text = lines[end]!.text;
    const edge = text.charAt(column);
    if (edge === "╰") {
      end++;
      break;
    }
    if (edge !== "│") break;
    const row = cut(lines[end]!, column + 2);
    const border = row.text.lastIndexOf("│");
    const inner = (border === -1 ? row.text : row.text.slice(0, border)).trimEnd();
    rows.push({ text: inner, start: row.start, end: row.start + inner.length });
  }
  const width = lines[start]!.text.trimEnd().length - column;
  return { start, end, column, width, member: title[3] === undefined ? null : Number(title[3]), rows };
}

/** The paragraphs of a box that are locations; code and locals are not. */
function locations(rows: readonly Line[]): Line[] {
  const out: Line[] = [];
  const width = rows.reduce((most, row) => Math.max(most, row.text.length), 0);
  for (let at = 0; at < rows.length; at++) {
    if (rows[at]!.text.trim() === "" || (at > 0 && rows[at - 1]!.text.trim() !== "")) continue;
    let end = at;
    while (end < rows.length && end < at + 8 && rows[end]!.text.trim() !== "" && !CODE.test(rows[end]!.text)) end++;
    if (end === at) continue;
    const texts = rows.slice(at, end).map((row) => row.text);
    const match = LOCATION.exec(texts.join("")) ?? SPACED.exec(joinWrapped(texts, width).lines.join(" "));
    if (match === null) continue;
    const text = `  File "${match[1]!}", line ${match[2]!}, in ${match[3]!}`;
    out.push({ text, start: rows[at]!.start, end: rows[end - 1]!.end });
  }
  return out;
}

/** Rows are cut inside the path; the blanks around `in` may be gone where a row ended there. */
const LOCATION = /^(\S{1,1000}?):(\d{1,7}) *in *(\S.{0,200})$/;
const SPACED = /^(\S.{0,1000}?):(\d{1,7}) in (\S.{0,200})$/;
const CODE = /^\s*(?:❱\s*)?\d+ │|^\s*╭/;

/** What stands behind a box at its column: the exception's line and the sentence before the next box, unwrapped. */
function readTail(
  lines: readonly Line[],
  start: number,
  column: number,
  width: number,
): { lines: Line[]; end: number } {
  const blank = " ".repeat(column);
  const rows: Line[] = [];
  let end = start;
  for (; end < lines.length; end++) {
    const { text } = lines[end]!;
    if (TOP.test(text) || (column > 0 && !text.startsWith(blank) && text.trim() !== "")) break;
    // Not indented, the text runs on to whatever comes next: a blank line that no chain sentence follows ends it.
    if (column === 0 && text.trim() === "" && !CHAIN.test(lines[end + 1]?.text ?? "")) {
      if (!CHAIN.test(rows.at(-1)?.text ?? "")) break;
    }
    const row = cut(lines[end]!, column);
    const bare = row.text.trimEnd();
    rows.push({ text: bare, start: row.start, end: row.start + bare.length });
  }
  const joined = joinWrapped(
    rows.map((row) => row.text),
    width,
  );
  const out = joined.lines.map((text, index): Line => {
    const last = (joined.lineOf[index + 1] ?? rows.length) - 1;
    return { text, start: rows[joined.lineOf[index]!]!.start, end: rows[last]!.end };
  });
  return { lines: out, end };
}

const CHAIN = /^\s*(?:The above exception was the|During handling of the above)/;
