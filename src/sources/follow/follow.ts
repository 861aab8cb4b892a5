import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync, type Stats } from "node:fs";
import { dirname, join } from "node:path";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { markAt, type Position } from "./position.ts";
import { headOf, wholeFrames, wholeLines, type Reading, type Unit } from "./whole.ts";

/** Who takes the lines of a file that is followed. */
export interface Follower {
  /** A file begins: the first one, or the one that took its place. `bytes` and `lines` of it were read by an earlier process. */
  begin(from: { bytes: number; lines: number }): void;
  /** What the first bytes of a file say that it consists of. */
  unit(head: Uint8Array): Unit;
  /** Only valid until the call returns. */
  push(block: Uint8Array): void;
  /** Nothing more comes of this file: it was renamed away, truncated, or the following ends. */
  end(): void;
  /** Waited for when there is more than can be given at once. */
  room?(): Promise<void>;
  /** All that was there has been read up to here. */
  at(position: Position): void;
}

/**
 * Reads a file as it grows, by looking at it five times a second: works on every file system. Through rotation by rename (the
 * old file is read to its end first), truncation, and a file that is not there yet.
 */
export async function follow(path: string, from: Position | null, to: Follower, signal: AbortSignal): Promise<void> {
  const block = Buffer.allocUnsafeSlow(BLOCK);
  let file = from === null ? null : resume(path, from);

  while (!signal.aborted) {
    file ??= openNew(path, null);
    if (file !== null) {
      const moved = hasMoved(path, file);
      const grew = readOn(file);
      if (moved && grew === 0) {
        finish(file);
        file = null;
        continue;
      }
      if (grew === MOST_BLOCKS) {
        await setImmediate();
        await to.room?.();
        continue;
      }
    }
    await sleep(EVERY_MS, undefined, { signal }).catch(() => {});
  }
  if (file !== null) finish(file);

  /** Gives what is new, at most so many blocks at a time that others have their turn; gives their number. */
  function readOn(open: OpenFile): number {
    if (!open.begun) {
      open.begun = true;
      to.begin({ bytes: open.bytes, lines: open.lines });
    }
    if (isRewritten(open)) {
      to.end();
      Object.assign(open, { bytes: 0, read: 0, lines: 0, mark: "", whole: null });
      to.begin({ bytes: 0, lines: 0 });
    }
    let grew = 0;
    while (grew < MOST_BLOCKS) {
      const length = readSync(open.descriptor, block, 0, BLOCK, open.read);
      if (length === 0) break;
      grew++;
      open.read += length;
      const part = block.subarray(0, length);
      open.whole ??= to.unit(headOf(open.descriptor)) === "line" ? wholeLines(open) : wholeFrames(open);
      open.whole(part);
      to.push(new Uint8Array(part.buffer, part.byteOffset, length));
    }
    if (grew > 0) {
      open.mark = markAt(open.descriptor, open.bytes);
      const { dev, ino, bytes, lines, mark } = open;
      to.at({ dev, ino, bytes, lines, mark });
    }
    return grew;
  }

  function finish(open: OpenFile): void {
    while (readOn(open) > 0);
    to.end();
    closeSync(open.descriptor);
  }
}

interface OpenFile extends Position, Reading {
  descriptor: number;
  begun: boolean;
  /** Moves `bytes` and `lines` on over a block that was read; null until there is one. */
  whole: ((part: Buffer) => void) | null;
}

const EVERY_MS = 200;
const BLOCK = 1 << 18;
const MOST_BLOCKS = 16;

/** Null when it is not there (yet). */
function openNew(path: string, from: Position | null): OpenFile | null {
  try {
    const descriptor = openSync(path, "r");
    const { dev, ino } = fstatSync(descriptor);
    const { bytes, lines, mark } = from ?? { bytes: 0, lines: 0, mark: "" };
    return { descriptor, dev, ino, bytes, lines, mark, read: bytes, begun: false, whole: null };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** The file of the position: at its path, or beside it when it was renamed meanwhile. Null: it is gone, or another. */
function resume(path: string, from: Position): OpenFile | null {
  const isIt = (stats: Stats | null): boolean =>
    stats !== null && stats.ino === from.ino && stats.dev === from.dev && stats.size >= from.bytes;
  const folder = dirname(path);
  const candidates = [path, ...(isIt(statOf(path)) ? [] : namesIn(folder).map((name) => join(folder, name)))];
  for (const candidate of candidates) {
    if (!isIt(statOf(candidate))) continue;
    const file = openNew(candidate, from);
    if (file === null) continue;
    if (markAt(file.descriptor, from.bytes) === from.mark) return file;
    closeSync(file.descriptor);
  }
  return null;
}

function hasMoved(path: string, { dev, ino }: OpenFile): boolean {
  const now = statOf(path);
  return now !== null && (now.ino !== ino || now.dev !== dev);
}

/** Shorter than what was read, or other bytes before the place. */
function isRewritten({ descriptor, read, bytes, mark }: OpenFile): boolean {
  const { size } = fstatSync(descriptor);
  if (size < read) return true;
  return size > read && bytes > 0 && mark !== "" && markAt(descriptor, bytes) !== mark;
}

function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).slice(0, 10_000);
  } catch {
    return [];
  }
}
