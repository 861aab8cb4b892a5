import { closeSync, openSync, readSync } from "node:fs";
import { createCache, linesOf, type Growing, type LogLine } from "./lines.ts";

/** The lines of a file by their number: it is told where every so many lines begin, and reads them again when they are looked at. */
export interface FileLines extends Growing {
  /** First line (from 0) and first byte of each new stretch, in pairs; lines and bytes in all. */
  grow(more: { starts: Float64Array; lines: number; bytes: number; endsOpen: boolean }): void;
  close(): void;
}

const MOST_BYTES = 4 << 20;

export function openFileLines(path: string): FileLines {
  const starts: number[] = [0, 0];
  const cache = createCache<number>();
  let count = 0;
  let bytes = 0;
  let descriptor: number | null = null;

  function stretchOf(line: number): number {
    let [low, high] = [0, starts.length / 2 - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle * 2]! <= line) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function read(stretch: number): string[] {
    descriptor ??= openSync(path, "r");
    const from = starts[stretch * 2 + 1]!;
    const to = Math.min(starts[stretch * 2 + 3] ?? bytes, from + MOST_BYTES);
    const buffer = Buffer.alloc(to - from);
    return linesOf(buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, from)));
  }

  return {
    grow(more) {
      cache.forget(starts.length / 2 - 1);
      for (const one of more.starts) starts.push(one);
      count = more.lines + (more.endsOpen ? 1 : 0);
      bytes = more.bytes;
    },
    close() {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
    now() {
      const there = count;
      return {
        count: there,
        at(index): LogLine {
          const stretch = stretchOf(index);
          const raw = cache.get(stretch, () => read(stretch))[index - starts[stretch * 2]!] ?? "";
          return { source: path, line: index + 1, raw };
        },
        find: (source, line) => (source === path && line >= 1 && line <= there ? line - 1 : -1),
      };
    },
  };
}
