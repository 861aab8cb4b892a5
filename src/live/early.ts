import { createAnalyzer, type AnalyzerOptions, type Incident } from "../index.ts";
import { countLines } from "./lines.ts";
import { shifted } from "./shift.ts";

/**
 * The last lines of a text source. Its reader waits for the line after a record, since it could belong to it; in a log
 * that has gone quiet that may be never. So they are read a second time, as if the log ended here.
 */
export interface Tail {
  add(whole: Uint8Array): void;
  /** What signatures find in the last lines; empty when nothing came since the last look. */
  look(options: AnalyzerOptions): Incident[];
}

export function createTail(name: string, from = { lines: 0, bytes: 0 }): Tail {
  let kept: Uint8Array[] = [];
  let length = 0;
  let { lines, bytes } = from;
  let looked = true;
  return {
    add(whole) {
      kept.push(whole.slice(-MOST));
      length += kept.at(-1)!.length;
      lines += countLines(whole);
      bytes += whole.length;
      looked = false;
      while (length - kept[0]!.length >= MOST) length -= kept.shift()!.length;
    },
    look(options) {
      if (looked) return [];
      looked = true;
      const text = lastLines(kept);
      const keep = options.keep ?? (() => true);
      const analyzer = createAnalyzer({ ...options, keep: (f) => f.by.startsWith("signature:") && keep(f) });
      const source = analyzer.source(name, "text");
      source.push(text);
      source.end();
      const bases = new Map([[name, { lines: lines - countLines(text), bytes: bytes - text.length }]]);
      return shifted(analyzer.report(), bases).incidents.filter(({ causedBy }) => causedBy === null);
    },
  };
}

const MOST = 32 * 1024;
const NEWLINE = 10;

/** From the first line that is whole. */
function lastLines(kept: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(Buffer.concat(kept));
  if (all.length <= MOST) return all;
  const from = all.indexOf(NEWLINE, all.length - MOST);
  return all.subarray(from < 0 ? all.length - MOST : from + 1);
}
