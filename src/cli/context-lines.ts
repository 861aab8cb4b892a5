import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { Report } from "../index.ts";
import { redact } from "../records/redact.ts";
import { contextKey } from "../reporters/reporter.ts";

export type Context = Map<string, { before: string[]; after: string[] }>;

/** `count` lines before and after the best evidence of each incident, read again where the source is a plain file. */
export function contextOf(report: Report, count: number): Context {
  const found: Context = new Map();
  if (count === 0) return found;
  for (const { evidence } of report.incidents) {
    const [best] = evidence;
    if (best?.kind !== "log" || best.line === null || best.byteOffset === null || best.source === "-") continue;
    const around = linesAround(best.source, best.byteOffset, count);
    if (around) found.set(contextKey(best), around);
  }
  return found;
}

/** How far to look for line ends: a context line longer than this is cut. */
const REACH = 64 * 1024;

function linesAround(path: string, offset: number, count: number): { before: string[]; after: string[] } | null {
  try {
    const descriptor = openSync(path, "r");
    try {
      if (!fstatSync(descriptor).isFile()) return null;
      const start = Math.max(0, offset - REACH);
      const block = Buffer.alloc(offset - start + REACH);
      const text = block.subarray(0, readSync(descriptor, block, 0, block.length, start));
      // An archive cannot be read at an offset of its content.
      if (start === 0 && ((text[0] === 0x1f && text[1] === 0x8b) || (text[0] === 0x28 && text[1] === 0xb5)))
        return null;
      const before = text
        .subarray(0, offset - start)
        .toString()
        .split("\n")
        .slice(0, -1);
      const [, ...after] = text
        .subarray(offset - start)
        .toString()
        .split("\n");
      return { before: before.slice(-count).map(redact), after: after.slice(0, count).map(redact) };
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return null;
  }
}
