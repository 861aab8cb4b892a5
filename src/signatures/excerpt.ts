export interface Excerpt {
  excerpt: string;
  highlight: [number, number] | null;
  /** Index of the excerpt's line among the lines of the text. */
  lineIndex: number;
}

const AROUND = 160;
const HIT = 320;

/** The line of a match with the matched words marked; long lines are cut around the match. Secrets go when the report is made. */
export function excerptOf(body: string, matchStart: number, end: number): Excerpt {
  const start = tellingStart(body, matchStart, end);
  const lineStart = body.lastIndexOf("\n", start - 1) + 1;
  const newline = body.indexOf("\n", end);
  const lineEnd = newline < 0 ? body.length : newline;
  const stop = Math.min(end, start + HIT);
  const from = Math.max(lineStart, start - AROUND);
  const to = Math.min(lineEnd, stop + AROUND);
  const blanks = /^\s*/.exec(body.slice(from, start))![0].length;
  const [head, tail] = [from > lineStart ? "…" : "", to < lineEnd ? "…" : ""];
  const text = body.slice(from + blanks, to).trimEnd();
  const at = start - from - blanks + head.length;
  return {
    excerpt: head + text + tail,
    highlight: [at, Math.min(at + stop - start, head.length + text.length)],
    lineIndex: linesBefore(body, start),
  };
}

/** A match that spans a stack is shown by its last line, the exception; any other from its start. */
function tellingStart(body: string, start: number, end: number): number {
  const lineStart = body.lastIndexOf("\n", start - 1) + 1;
  if (!STACK_LINE.test(body.slice(lineStart, lineStart + 80)) && !isSourceLine(body, start)) return start;
  const last = body.slice(start, end).trimEnd().lastIndexOf("\n");
  return last < 0 ? start : start + last + 1;
}

/** Whether a frame's line of source stands there. */
export function isSourceLine(body: string, at: number): boolean {
  const lineStart = body.lastIndexOf("\n", at - 1) + 1;
  return lineStart > 0 && FRAME.test(body.slice(body.lastIndexOf("\n", lineStart - 2) + 1, lineStart));
}

const STACK_LINE = /^[\s|│]*(?:File "|at |Traceback |[~^]{2,}|│|async |await |self\._|return |raise )/;

/** Python prints the source of a frame under this line. */
const FRAME = /^[\s|│]*File "[^"\n]{1,1000}", line \d/;

/** The first line that says something, where nothing in particular matched. */
export function firstLine(text: string): string {
  const line = text.split("\n", 40).find((l) => l.trim() !== "") ?? "";
  return line.trim().slice(0, HIT);
}

function linesBefore(body: string, offset: number): number {
  let count = 0;
  for (let at = body.indexOf("\n"); at >= 0 && at < offset; at = body.indexOf("\n", at + 1)) count++;
  return count;
}
