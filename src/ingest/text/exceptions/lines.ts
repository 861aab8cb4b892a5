/** A line, or several joined to one, with its range in the text. */
export interface Line {
  text: string;
  start: number;
  end: number;
}

const MOST = 20_000;
/** Longer lines are cut before any regex sees them. */
const LONGEST = 4000;

export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start <= text.length && lines.length < MOST) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    const line = text.slice(start, Math.min(end, start + LONGEST));
    lines.push({ text: line.endsWith("\r") ? line.slice(0, -1) : line, start, end });
    if (found === -1) break;
    start = end + 1;
  }
  return lines;
}

/** The line without its first `count` characters. */
export function cut(line: Line, count: number): Line {
  return { text: line.text.slice(count), start: Math.min(line.start + count, line.end), end: line.end };
}
