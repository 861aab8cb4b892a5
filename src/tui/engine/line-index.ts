import type { FromEngine } from "./messages.ts";

/** Where every so many lines of a file begin, as its bytes are read. */
export interface LineIndex {
  add(block: Uint8Array): void;
  /** What came since this was asked last; null: nothing. */
  grown(): Extract<FromEngine, { type: "grown" }> | null;
}

/** A stretch of the file ends after so many lines or bytes. */
const STRETCH = { lines: 256, bytes: 256 * 1024 };
const NEWLINE = 10;

export function createLineIndex(path: string): LineIndex {
  let starts: number[] = [];
  let last = { line: 0, byte: 0 };
  let lines = 0;
  let bytes = 0;
  let told = -1;
  let endsOpen = false;
  return {
    add(block) {
      for (let at = block.indexOf(NEWLINE); at >= 0; at = block.indexOf(NEWLINE, at + 1)) {
        lines++;
        const byte = bytes + at + 1;
        if (lines - last.line < STRETCH.lines && byte - last.byte < STRETCH.bytes) continue;
        last = { line: lines, byte };
        starts.push(lines, byte);
      }
      bytes += block.length;
      if (block.length > 0) endsOpen = block.at(-1) !== NEWLINE;
    },
    grown() {
      if (bytes === told) return null;
      told = bytes;
      const given = Float64Array.from(starts);
      starts = [];
      return { type: "grown", path, starts: given, lines, bytes, endsOpen };
    },
  };
}
