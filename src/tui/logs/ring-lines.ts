import { LONGEST, type Lines, type LogLine } from "./lines.ts";

/** The last lines of streams that cannot be read again, in the order of their coming. */
export interface RingLines extends Lines {
  add(source: string, block: Uint8Array): void;
  /** Lines that are gone. */
  readonly dropped: number;
}

const MOST = { lines: 100_000, chars: 24 << 20 };

export function createRingLines(most = MOST): RingLines {
  let kept: LogLine[] = [];
  let first = 0;
  let dropped = 0;
  let chars = 0;
  const open = new Map<
    string,
    { decoder: InstanceType<typeof TextDecoder>; rest: string; line: number; numbers: Map<number, number> }
  >();

  function put(source: string, line: number, raw: string): void {
    kept.push({ source, line, raw });
    chars += raw.length;
    while (kept.length - first > most.lines || chars > most.chars) {
      const gone = kept[first]!;
      chars -= gone.raw.length;
      open.get(gone.source)?.numbers.delete(gone.line);
      first++;
      dropped++;
    }
    // moving all of them for each one that goes would cost too much
    if (first > most.lines / 4) {
      kept = kept.slice(first);
      first = 0;
    }
  }

  return {
    add(source, block) {
      const state = open.get(source) ?? {
        decoder: new TextDecoder(),
        rest: "",
        line: 0,
        numbers: new Map<number, number>(),
      };
      open.set(source, state);
      const parts = (state.rest + state.decoder.decode(block, { stream: true })).split("\n");
      state.rest = (parts.pop() ?? "").slice(0, LONGEST);
      for (const raw of parts) {
        state.numbers.set(++state.line, dropped + kept.length - first);
        put(source, state.line, raw.slice(0, LONGEST).replace(/\r$/, ""));
      }
    },
    get dropped() {
      return dropped;
    },
    get count() {
      return kept.length - first;
    },
    at: (index) => kept[first + index] ?? { source: "", line: 0, raw: "" },
    find(source, line) {
      const number = open.get(source)?.numbers.get(line);
      return number === undefined || number < dropped ? -1 : number - dropped;
    },
  };
}
