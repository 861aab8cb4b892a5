/** The lines of all logs, by their place in one long list. */
export interface Lines {
  readonly count: number;
  at(index: number): LogLine;
  /** Where a line of a source is in the list; -1: it is not there (any more). */
  find(source: string, line: number): number;
}

/** Lines to which more come. */
export interface Growing {
  /** Those that are there at this moment. */
  now(): Lines;
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

/** Several logs, one behind the other, as they are now: what comes later is not among them. */
export function joined(growing: readonly Growing[]): Lines {
  const parts = growing.map((part) => part.now());
  return {
    count: parts.reduce((sum, { count }) => sum + count, 0),
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

/** The lines of some bytes; the last one may lack its end. */
export function linesOf(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const lines: string[] = [];
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf(10, at);
    const end = newline < 0 ? text.length : newline;
    lines.push(text.toString("utf8", at, Math.min(end, at + LONGEST)).replace(/\r$/, ""));
    at = end + 1;
  }
  return lines;
}

/** The lines that were looked at last. */
export function createCache<K>() {
  const known = new Map<K, string[]>();
  return {
    get(key: K, read: () => string[]): string[] {
      const lines = known.get(key) ?? read();
      if (known.size >= CACHED && !known.has(key)) known.delete(known.keys().next().value!);
      known.set(key, lines);
      return lines;
    },
    forget: (key: K) => void known.delete(key),
  };
}

const CACHED = 64;
