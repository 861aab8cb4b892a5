import { terminalLine } from "../../records/terminal-text.ts";
import { widthOf, widthOfChar } from "./width.ts";

/**
 * One line of at most `room` columns out of a text of the input, made safe for the terminal, with the marked range in
 * it; `…` where something was left out. The range counts UTF-16 units before and after.
 */
export function windowOf(
  raw: string,
  marked: readonly [number, number] | null,
  room: number,
): { text: string; range: [number, number] | null } {
  if (!marked) {
    const text = terminalLine(raw.slice(0, room * 4));
    return { text: raw.length > room * 4 || widthOf(text) > room ? `${head(text, room - 1)}…` : text, range: null };
  }
  const [start, end] = [Math.max(0, Math.min(marked[0], raw.length)), Math.max(0, Math.min(marked[1], raw.length))];
  // Cleaned piece by piece, since cleaning changes lengths; far pieces are cut first, since they may be long.
  const before = terminalLine(raw.slice(Math.max(0, start - room * 2), start));
  const words = terminalLine(raw.slice(start, Math.min(end, start + room * 4)));
  const cutMiddle = widthOf(words) > room - 2 || end > start + room * 4;
  const middle = cutMiddle ? head(words, room - 2) : words;
  const after = terminalLine(raw.slice(end, end + room * 2));
  const left = room - widthOf(middle);
  const wanted = cutMiddle ? left : widthOf(after) + 1;
  const beforeRoom = Math.max(Math.floor(left / 3), left - wanted);
  const cutBefore = widthOf(before) > beforeRoom || start > room * 2;
  const shownBefore = cutBefore ? `…${tail(before, Math.max(0, beforeRoom - 1))}` : before;
  const afterRoom = Math.max(0, room - widthOf(middle) - widthOf(shownBefore));
  const cutAfter = cutMiddle || widthOf(after) > afterRoom || raw.length > end + room * 2;
  const shownAfter = cutAfter ? (afterRoom > 0 ? `${cutMiddle ? "" : head(after, afterRoom - 1)}…` : "") : after;
  return { text: shownBefore + middle + shownAfter, range: [shownBefore.length, shownBefore.length + middle.length] };
}

/** The ranges of a text that fill one row after the other; broken behind a space where one is near. */
export function rowsOf(text: string, room: number): [number, number][] {
  const rows: [number, number][] = [];
  for (let from = 0; from < text.length || rows.length === 0;) {
    const full = Math.max(head(text.slice(from), room).length, from < text.length ? 1 : 0);
    const space = text.lastIndexOf(" ", from + full - 1) + 1;
    const end = from + full < text.length && space > from + full - NEAR ? space : from + full;
    let shown = end;
    while (shown > from + 1 && text[shown - 1] === " ") shown--;
    rows.push([from, shown]);
    from = Math.max(end, from + 1);
  }
  return rows;
}

export const NEAR = 20;

function head(text: string, room: number): string {
  let used = 0;
  let end = 0;
  for (const char of text) {
    used += widthOfChar(char);
    if (used > room) break;
    end += char.length;
  }
  return text.slice(0, end);
}

function tail(text: string, room: number): string {
  const chars = [...text];
  let used = 0;
  let from = chars.length;
  while (from > 0 && used + widthOfChar(chars[from - 1]!) <= room) used += widthOfChar(chars[--from]!);
  return chars.slice(from).join("");
}
