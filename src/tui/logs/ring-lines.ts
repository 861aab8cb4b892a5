import { countLines, createLineHold } from "../../live/lines.ts";
import { createCache, linesOf, type Growing, type Lines, type LogLine } from "./lines.ts";

/** The last lines of streams that cannot be read again, in the order of their coming. They stay bytes until they are looked at. */
export interface RingLines extends Growing {
  /** The next line of a source is the one after so many. */
  begin(source: string, lines: number): void;
  add(source: string, block: Uint8Array): void;
  /** Lines that are gone. */
  readonly dropped: number;
}

const MOST = { lines: 100_000, bytes: 24 << 20 };
/** Small ones of one source are put together. */
const SMALL = 4096;

interface Entry {
  source: string;
  bytes: Uint8Array;
  count: number;
  /** Number of its first line in the source, from 1, and in the whole, from 0. */
  line: number;
  at: number;
}

export function createRingLines(most = MOST): RingLines {
  const entries: Entry[] = [];
  const sources = new Map<string, { hold: ReturnType<typeof createLineHold>; line: number; own: Entry[] }>();
  const cache = createCache<Entry>();
  let [total, dropped, bytes] = [0, 0, 0];

  function sourceOf(name: string) {
    const known = sources.get(name) ?? { hold: createLineHold(), line: 0, own: [] };
    sources.set(name, known);
    return known;
  }

  function put(source: string, block: Uint8Array): void {
    const state = sourceOf(source);
    const count = countLines(block) + (block.at(-1) === NEWLINE ? 0 : 1);
    const last = entries.at(-1);
    if (last?.source === source && last.bytes.length + block.length <= SMALL) {
      last.bytes = new Uint8Array(Buffer.concat([last.bytes, block]));
      last.count += count;
      cache.forget(last);
    } else {
      const entry = { source, bytes: block, count, line: state.line + 1, at: total };
      entries.push(entry);
      state.own.push(entry);
    }
    state.line += count;
    total += count;
    bytes += block.length;
    dropped = Math.max(dropped, total - most.lines);
    while (entries.length > 1 && (entries[0]!.at + entries[0]!.count <= dropped || bytes > most.bytes)) {
      const gone = entries.shift()!;
      sources.get(gone.source)?.own.shift();
      cache.forget(gone);
      dropped = Math.max(dropped, gone.at + gone.count);
      bytes -= gone.bytes.length;
    }
  }

  return {
    begin: (source, lines) => void (sourceOf(source).line = lines),
    add(source, block) {
      const whole = sourceOf(source).hold.take(block);
      if (whole !== null) put(source, whole.slice());
    },
    get dropped() {
      return dropped;
    },
    now: () => linesFrom(dropped, total - dropped),
  };

  function linesFrom(first: number, count: number): Lines {
    return {
      count,
      at(index): LogLine {
        const entry = before(entries, ({ at }) => at <= first + index);
        const n = first + index - (entry?.at ?? 0);
        if (entry === undefined || n >= entry.count) return { source: "", line: 0, raw: "(not kept any more)" };
        const raw = cache.get(entry, () => linesOf(entry.bytes))[n] ?? "";
        return { source: entry.source, line: entry.line + n, raw };
      },
      find(source, line) {
        const entry = before(sources.get(source)?.own ?? [], (one) => one.line <= line);
        if (entry === undefined || line >= entry.line + entry.count) return -1;
        const index = entry.at - first + line - entry.line;
        return index < count ? Math.max(-1, index) : -1;
      },
    };
  }
}

const NEWLINE = 10;

/** The last one of which it holds; it holds of all before that. */
function before<T>(all: readonly T[], holds: (one: T) => boolean): T | undefined {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(all[middle]!)) low = middle + 1;
    else high = middle;
  }
  return all[low - 1];
}
