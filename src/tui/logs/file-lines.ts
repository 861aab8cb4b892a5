import { closeSync, openSync, readSync } from "node:fs";
import { LONGEST, type Lines, type LogLine } from "./lines.ts";

/** The lines of a file by their number: it is told of the bytes as they are read, keeps where every so many lines begin, and reads a line again when it is looked at. */
export interface FileLines extends Lines {
  add(block: Uint8Array): void;
  close(): void;
}

/** A stretch of the file ends after so many lines or bytes. */
const STRETCH = { lines: 256, bytes: 256 * 1024 };
const CACHED = 64;
const MOST_BYTES = 4 << 20;
const NEWLINE = 10;

export function openFileLines(path: string): FileLines {
  // first line (from 0) and first byte of each stretch, in pairs
  const starts: number[] = [0, 0];
  const cache = new Map<number, string[]>();
  let lines = 0;
  let bytes = 0;
  let endsOpen = false;
  let descriptor: number | null = null;

  function add(block: Uint8Array): void {
    for (let at = block.indexOf(NEWLINE); at >= 0; at = block.indexOf(NEWLINE, at + 1)) {
      lines++;
      const begin = bytes + at + 1;
      if (lines - starts.at(-2)! >= STRETCH.lines || begin - starts.at(-1)! >= STRETCH.bytes) starts.push(lines, begin);
    }
    bytes += block.length;
    endsOpen = block.length > 0 ? block.at(-1) !== NEWLINE : endsOpen;
    cache.delete(starts.length / 2 - 1);
  }

  function stretchOf(line: number): number {
    let [low, high] = [0, starts.length / 2 - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle * 2]! <= line) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function textOf(stretch: number): string[] {
    const known = cache.get(stretch);
    if (known !== undefined) return known;
    descriptor ??= openSync(path, "r");
    const from = starts[stretch * 2 + 1]!;
    const to = Math.min(starts[stretch * 2 + 3] ?? bytes, from + MOST_BYTES);
    const buffer = Buffer.alloc(to - from);
    const read = readSync(descriptor, buffer, 0, buffer.length, from);
    const text: string[] = [];
    for (let at = 0; at < read;) {
      const newline = buffer.indexOf(NEWLINE, at);
      const end = newline < 0 || newline > read ? read : newline;
      text.push(buffer.toString("utf8", at, Math.min(end, at + LONGEST)).replace(/\r$/, ""));
      at = end + 1;
    }
    if (cache.size >= CACHED) cache.delete(cache.keys().next().value!);
    cache.set(stretch, text);
    return text;
  }

  return {
    add,
    close() {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
    get count() {
      return lines + (endsOpen ? 1 : 0);
    },
    at(index): LogLine {
      const stretch = stretchOf(index);
      const raw = textOf(stretch)[index - starts[stretch * 2]!] ?? "";
      return { source: path, line: index + 1, raw };
    },
    find: (source, line) => (source === path && line >= 1 && line <= lines + (endsOpen ? 1 : 0) ? line - 1 : -1),
  };
}
