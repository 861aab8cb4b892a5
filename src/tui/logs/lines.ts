/** The lines of all logs, by their place in one long list. */
export interface Lines {
  readonly count: number;
  at(index: number): LogLine;
  /** Where a line of a source is in the list; -1: it is not there (any more). */
  find(source: string, line: number): number;
}

export interface LogLine {
  source: string;
  /** Counted from 1. */
  line: number;
  /** As it came, escape codes and all. */
  raw: string;
}

/** A longer line is cut here, in bytes. */
export const LONGEST = 16 * 1024;

/** Several logs, one behind the other. */
export function joined(parts: readonly Lines[]): Lines {
  return {
    get count() {
      return parts.reduce((sum, { count }) => sum + count, 0);
    },
    at(index) {
      let left = index;
      for (const part of parts) {
        if (left < part.count) return part.at(left);
        left -= part.count;
      }
      return { source: "", line: 0, raw: "" };
    },
    find(source, line) {
      let before = 0;
      for (const part of parts) {
        const at = part.find(source, line);
        if (at >= 0) return before + at;
        before += part.count;
      }
      return -1;
    },
  };
}
