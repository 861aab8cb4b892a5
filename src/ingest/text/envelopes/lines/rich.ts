import type { Envelope, Peeled } from "../envelope.ts";
import { readLevel } from "../level.ts";
import { timeAt } from "../time.ts";
import { joinWrapped } from "../wrap.ts";

/**
 * rich's RichHandler (FastMCP, mcp servers): columns of time, level (8 wide), message and `file.py:12`. The time is blank
 * when it is that of the line before; the message is wrapped in its column, and a traceback stands there in a box.
 */
export const richHandler: Envelope = {
  name: "rich",
  kind: "record",
  first: ["[", " ", "upper"],
  peel(text) {
    const head = richHead(text);
    if (head === null) return null;
    const lines = text.split("\n");
    const first = splitPath(lines[0]!.slice(head.column));
    const rows = [first.text];
    let used = 1;
    // Continuation lines are blank up to the column of the message.
    while (used < lines.length && lines[used]!.slice(0, head.column).trim() === "" && lines[used]!.length > 0) {
      rows.push(lines[used++]!.slice(head.column).trimEnd());
    }
    const joined = joinWrapped(rows, first.width);
    const rest = lines.slice(used);
    const peeled: Peeled = {
      text: [...joined.lines, ...rest].join("\n"),
      lineOf: [...joined.lineOf, ...rest.map((_, index) => used + index)],
      time: head.time,
      level: readLevel(head.level),
    };
    if (first.path !== null) peeled.fields = { file: first.path };
    return peeled;
  },
};

/** The head of such a line: demands the padding of the level, or a path at the right end. */
export function richHead(text: string): { column: number; time: bigint | null; level: string } | null {
  const stamped = text.startsWith("[") ? timeAt(text, 1) : null;
  if (stamped === null && !/^(?: {11}| {20})?[A-Z]/.test(text)) return null;
  const at = stamped === null ? (/^ */.exec(text)?.[0].length ?? 0) : stamped.end + 2;
  if (stamped !== null && text.slice(stamped.end, at) !== "] ") return null;
  const match = LEVEL.exec(text.slice(at, at + 12));
  if (match === null || match[0].length !== 9) return null;
  const end = text.indexOf("\n");
  const line = end === -1 ? text : text.slice(0, end);
  if (stamped === null && at === 0 && splitPath(line).path === null) return null;
  return { column: at + 9, time: stamped?.time ?? null, level: match[1]! };
}

const LEVEL = /^(DEBUG|INFO|WARNING|ERROR|CRITICAL|NOTSET) {1,6}(?=\S)/;

/** Cuts `   server.py:450` off the right end; the column of the message ends one blank before it. */
function splitPath(line: string): { text: string; path: string | null; width: number | null } {
  const cut = /(?: {2,}|\t)([\w.-]{1,80}\.py:\d{1,7})\s*$/.exec(line.slice(-400));
  if (cut !== null) {
    const start = line.length - cut[0].length + cut[0].indexOf(cut[1]!);
    return { text: line.slice(0, start).trimEnd(), path: cut[1]!, width: start - 1 };
  }
  const tight = / ([\w-]{1,80}\.py:\d{1,7})\s*$/.exec(line.slice(-400));
  if (tight === null) return { text: line.trimEnd(), path: null, width: null };
  const start = line.length - tight[0].length + 1;
  return { text: line.slice(0, start).trimEnd(), path: tight[1]!, width: start - 1 };
}
