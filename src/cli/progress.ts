import { bytesOf } from "../reporters/text/numbers.ts";
import type { Io } from "./io.ts";

interface Progress {
  update(name: string, read: number, size: number | null): void;
  /** Takes the line away; the next update brings it back. */
  clear(): void;
}

/** A line on stderr that says how far the reading is: on a terminal, when it takes longer than half a second. */
export function createProgress(io: Io, enabled: boolean): Progress {
  if (!enabled || !io.errIsTerminal) return { update: () => undefined, clear: () => undefined };
  const begun = performance.now();
  let state = "";
  let timer: NodeJS.Timeout | null = null;
  let shown = false;
  function draw(): void {
    if (performance.now() < begun + FIRST_MS) return;
    io.err(`\r\u001b[K${state.slice(0, Math.max(20, io.columns - 1))}`);
    shown = true;
  }
  return {
    update(name, read, size) {
      const part = size ? ` of ${bytesOf(size)}, ${Math.min(100, Math.floor((100 * read) / size))} %` : "";
      state = `reading ${printable(name)}: ${bytesOf(read)}${part}`;
      // A timer, so that it also shows while a pipe is silent; it must not keep the process alive.
      timer ??= setInterval(draw, EVERY_MS).unref();
    },
    clear() {
      if (timer) clearInterval(timer);
      timer = null;
      if (shown) io.err("\r\u001b[K");
      shown = false;
    },
  };
}

const FIRST_MS = 500;
const EVERY_MS = 100;

function printable(name: string): string {
  return name === "-" ? "stdin" : name.replace(/[^\x20-\x7e\xa0-\uffff]/g, "?");
}
