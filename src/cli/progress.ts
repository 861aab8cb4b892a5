import { bytesOf } from "../reporters/text/numbers.ts";
import type { Io } from "./io.ts";

/** A line on stderr that says how far the reading is; from half a second on, on a terminal, at most ten times a second. */
export function createProgress(
  io: Io,
  enabled: boolean,
): { update(name: string, read: number, size: number | null): void; clear(): void } {
  const begun = performance.now();
  let last = begun + FIRST_MS - EVERY_MS;
  let shown = false;
  return {
    update(name, read, size) {
      if (!enabled || !io.errIsTerminal || performance.now() < last + EVERY_MS) return;
      last = performance.now();
      shown = true;
      const part = size ? ` of ${bytesOf(size)}, ${Math.floor((100 * read) / size)} %` : "";
      io.err(
        `\r\u001b[K${`reading ${printable(name)}: ${bytesOf(read)}${part}`.slice(0, Math.max(20, io.columns - 1))}`,
      );
    },
    clear() {
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
