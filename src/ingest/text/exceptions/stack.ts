import { type Growing, growing, hang } from "./exception.ts";
import type { Line } from "./lines.ts";
import { isElision, readStackFrame } from "./stack-frame.ts";
import { readStackHead, type StackHead } from "./stack-head.ts";

/** How far above its first frame an exception's name may stand (zod's messages are long). */
const FARTHEST_HEAD = 200;

const MOST_OPEN = 50;

interface Open {
  node: Growing;
  indent: number;
}

/**
 * Stacks of JavaScript (and Java): `Type: message` with `    at` lines below, the properties that Node prints behind
 * them, and what these hold: `[cause]`, `[errors]`, `lastError`; pino's and Java's `caused by`. Nesting goes by indent.
 */
export function readStacks(lines: readonly Line[]): Growing[] {
  const roots: Growing[] = [];
  let open: Open[] = [];
  let from = 0;
  for (let at = 0; at < lines.length; at++) {
    const { text } = lines[at]!;
    const frame = readStackFrame(text);
    if (frame === null) {
      const inner = open.length > 0 ? stacklessHead(lines, at) : null;
      if (inner !== null) {
        open = place(roots, open, inner.head, node(lines, at, at, inner.head, "javascript"));
        from = at + 1;
      } else {
        property(open, text);
      }
      continue;
    }
    const found = headAbove(lines, at, from);
    const run = frameRun(lines, at);
    if (found !== null) {
      const exception = node(lines, found.at, at - 1, found.head, frame.language);
      exception.frames = run.frames;
      open = place(roots, open, found.head, exception);
    } else if (open.length > 0 && open.at(-1)!.node.frames.length === 0) {
      open.at(-1)!.node.frames = run.frames;
    }
    at = run.end - 1;
    from = run.end;
  }
  return roots;
}

/** The nearest line above the frames that surely names an exception, else the line right above if it may. */
function headAbove(lines: readonly Line[], at: number, from: number): { at: number; head: StackHead } | null {
  const top = Math.max(from, at - FARTHEST_HEAD);
  for (let i = at - 1; i >= top; i--) {
    const head = readStackHead(lines[i]!.text);
    if (head?.sure === true && !head.bracketed) return { at: i, head };
    // Java's stacks and many others stand directly below; a blank line ends the search for them.
    if (lines[i]!.text.trim() === "" && i < at - 1 && readStackHead(lines[at - 1]!.text) !== null) break;
  }
  const head = at > from ? readStackHead(lines[at - 1]!.text) : null;
  return head === null ? null : { at: at - 1, head };
}

function frameRun(lines: readonly Line[], from: number): { frames: Growing["frames"]; end: number } {
  const frames: Growing["frames"] = [];
  let end = from;
  for (; end < lines.length; end++) {
    const frame = readStackFrame(lines[end]!.text);
    if (frame !== null) {
      const { language: _, ...bare } = frame;
      frames.push(bare);
    } else if (!isElision(lines[end]!.text)) break;
  }
  return { frames, end };
}

/** An error inside another one's properties that has no stack: `[cause]: [TypeError: x]`, `caused by: Error: x`. */
function stacklessHead(lines: readonly Line[], at: number): { head: StackHead } | null {
  const head = readStackHead(lines[at]!.text);
  if (head === null || !head.sure) return null;
  if (head.bracketed || head.relation !== null) {
    // Its own stack may come below: then `headAbove` finds it.
    return hasFrames(lines, at) ? null : { head };
  }
  return inList(lines, at) && !hasFrames(lines, at) ? { head } : null;
}

function hasFrames(lines: readonly Line[], at: number): boolean {
  const indent = indentOf(lines[at]!.text);
  for (let i = at + 1; i < lines.length && i <= at + FARTHEST_HEAD; i++) {
    if (readStackFrame(lines[i]!.text) !== null) return true;
    const head = readStackHead(lines[i]!.text);
    if (head?.sure === true || (indentOf(lines[i]!.text) < indent && lines[i]!.text.trim() !== "")) return false;
  }
  return false;
}

const inList = (lines: readonly Line[], at: number): boolean => {
  const indent = indentOf(lines[at]!.text);
  for (let i = at - 1; i >= 0 && i > at - FARTHEST_HEAD; i--) {
    if (indentOf(lines[i]!.text) < indent) return /(?:^|\s)\[?errors\]?: \[$/.test(lines[i]!.text);
  }
  return false;
};

function node(
  lines: readonly Line[],
  first: number,
  last: number,
  head: StackHead,
  language: Growing["language"],
): Growing {
  const start = lines[first]!.start + head.start;
  const rows = lines.slice(first + 1, last + 1).map((line) => line.text);
  const message = [head.message, ...rows].join("\n").replace(/ \{$/, "");
  const exception = growing(language, head.type, message, start, lines[last]!.end);
  if (head.code !== null) exception.code = head.code;
  return exception;
}

/** Hangs an exception where its indent says, and gives what may still hold others. */
function place(roots: Growing[], open: readonly Open[], head: StackHead, exception: Growing): Open[] {
  const held = open.filter(({ indent }) => indent < head.indent || (indent === head.indent && head.beside));
  const above = held.at(-1);
  if (above === undefined) roots.push(exception);
  else hang(above.node, exception, head.relation === "cause" ? "cause" : "group-member");
  return [...held.slice(-MOST_OPEN), { node: exception, indent: head.indent }];
}

/** A line of the properties: takes the code, and closes what is indented deeper than the line. */
function property(open: Open[], text: string): void {
  const top = open.at(-1);
  if (top === undefined) return;
  const code = /^\s*"?code"?: ['"]?([A-Za-z][\w.-]{1,60})['"]?,?$/.exec(text);
  if (code !== null && code[1] !== "null" && code[1] !== "undefined") top.node.code ??= code[1]!;
  if (text.trim() === "" || /^\s*(?:[\]})]|\[?\w+\]?: |[Cc]aused by: )/.test(text)) {
    while (open.length > 0 && indentOf(text) < open.at(-1)!.indent && text.trim() !== "") open.pop();
    return;
  }
  while (open.length > 0 && indentOf(text) <= open.at(-1)!.indent) open.pop();
}

const indentOf = (text: string): number => /^\s*/.exec(text)![0].length;
