import type { Report } from "../index.ts";
import { redact } from "../records/redact.ts";
import { contextKey, type View } from "../reporters/reporter.ts";
import { readInputs } from "../sources/inputs.ts";

/** `count` lines before and after the best evidence of each incident, read again from the sources; stdin cannot be. */
export async function contextOf(report: Report, count: number): Promise<View["context"]> {
  const found = new Map<string, { before: string[]; after: string[] }>();
  if (count === 0) return found;
  const bySource = Map.groupBy(placesOf(report), ({ source }) => source);
  for (const [source, places] of bySource) {
    const wanted = new Set(
      places.flatMap(({ line }) => [...range(line - count, line - 1), ...range(line + 1, line + count)]),
    );
    const lines = await linesOf(source, wanted);
    if (lines.size === 0) continue;
    const text = (line: number): string[] => (lines.has(line) ? [redact(lines.get(line)!)] : []);
    for (const place of places) {
      const { line } = place;
      found.set(contextKey(place), {
        before: range(line - count, line - 1).flatMap(text),
        after: range(line + 1, line + count).flatMap(text),
      });
    }
  }
  return found;
}

function placesOf(report: Report): { source: string; line: number }[] {
  return report.incidents.flatMap(({ evidence: [best] }) =>
    best?.kind === "log" && best.line !== null && best.source !== "-" ? [{ source: best.source, line: best.line }] : [],
  );
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - Math.max(1, from) + 1) }, (_, index) => Math.max(1, from) + index);
}

/** A line is cut after so many bytes. */
const LONGEST = 64 * 1024;
const NEWLINE = 10;

async function linesOf(source: string, wanted: ReadonlySet<number>): Promise<Map<number, string>> {
  const last = Math.max(0, ...wanted);
  const parts = new Map<number, Buffer[]>();
  const done = new AbortController();
  let line = 1;
  function push(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length;) {
      const newline = bytes.indexOf(NEWLINE, from);
      const end = newline < 0 ? bytes.length : newline;
      if (wanted.has(line)) keep(parts, line, bytes.subarray(from, end));
      if (newline >= 0) line++;
      from = end + 1;
    }
    if (line > last) done.abort();
  }
  const nothing = (): void => undefined;
  await readInputs(
    [source],
    { open: () => ({ push, end: nothing }), problem: nothing, skipped: nothing, progress: nothing },
    done.signal,
  );
  return new Map([...parts].map(([number, pieces]) => [number, Buffer.concat(pieces).toString()]));
}

function keep(parts: Map<number, Buffer[]>, line: number, bytes: Uint8Array): void {
  const pieces = parts.get(line) ?? [];
  const room = LONGEST - pieces.reduce((sum, { length }) => sum + length, 0);
  if (room > 0) pieces.push(Buffer.from(bytes.subarray(0, room)));
  parts.set(line, pieces);
}
