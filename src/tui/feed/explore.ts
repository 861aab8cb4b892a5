import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { Analyzer, AnalyzerOptions } from "../../index.ts";
import { readInputs } from "../../sources/inputs.ts";
import { openFileLines, type FileLines } from "../logs/file-lines.ts";
import { joined, type Lines } from "../logs/lines.ts";
import { createRingLines } from "../logs/ring-lines.ts";
import { emptySnapshot } from "./empty.ts";
import type { Looked } from "./look.ts";
import { createSpanRing } from "./span-ring.ts";
import type { Feed, Snapshot, Status } from "./snapshot.ts";

/** Reads files, directories or stdin while they are looked at. What it needs for that is loaded when it begins to. */
export interface Exploration extends Feed {
  /** Ends when all has been read. */
  read(): Promise<void>;
  readonly unreadable: boolean;
}

export function openExploration(paths: readonly string[], options: () => Promise<AnalyzerOptions>): Exploration {
  const spans = createSpanRing();
  let analyzer: Analyzer | null = null;
  let lookNow: (() => Looked) | null = null;
  const ring = createRingLines();
  const parts: Lines[] = [];
  const files: FileLines[] = [];
  const problems: string[] = [];
  const listeners = new Set<() => void>();
  const stop = new AbortController();
  let reading: Status["reading"] = { name: paths[0] ?? "-", read: 0, size: null };
  let snapshot: Snapshot = emptySnapshot(joined(parts), status());
  let unreadable = false;
  let looked = { at: performance.now(), cost: 0 };

  function status(): Status {
    return { reading, live: null, problems, droppedLines: ring.dropped };
  }

  function tell(full: boolean): void {
    const begun = performance.now();
    snapshot = {
      ...snapshot,
      ...(full && lookNow?.()),
      lines: joined(parts),
      status: status(),
      version: snapshot.version + 1,
    };
    if (full) looked = { at: performance.now(), cost: performance.now() - begun };
    for (const listener of listeners) listener();
  }

  function open(name: string) {
    const source = analyzer!.source(name);
    const file = canBeReadAgain(name) ? openFileLines(name) : null;
    if (file !== null) files.push(file);
    if (file !== null) parts.push(file);
    else if (!parts.includes(ring)) parts.push(ring);
    return {
      push(block: Uint8Array) {
        source.push(block);
        if (file === null) ring.add(name, block);
        else file.add(block);
      },
      end: () => source.end(),
    };
  }

  return {
    snapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    get unreadable() {
      return unreadable;
    },
    stop() {
      stop.abort();
      for (const file of files) file.close();
    },
    async read() {
      const [{ createAnalyzer }, { createLook }, given] = await Promise.all([
        import("../../index.ts"),
        import("./look.ts"),
        options(),
      ]);
      const own = (analyzer = createAnalyzer({ ...given, spans: spans.add }));
      const look = createLook();
      lookNow = () => look(own, spans);
      let told = performance.now();
      await readInputs(
        paths,
        {
          open,
          problem({ kind, name, reason }) {
            unreadable ||= kind === "unreadable";
            problems.push(`${name}: ${reason}`);
          },
          skipped: () => {},
          progress(name, read, size) {
            reading = { name, read, size };
            const now = performance.now();
            // looking at all that is there takes at most a fifth of the time
            const isDue = now - looked.at > Math.max(FIRST_LOOK_MS, 4 * looked.cost);
            if (now - told < TELL_MS) return;
            told = now;
            tell(isDue);
          },
        },
        stop.signal,
      );
      reading = null;
      tell(true);
    },
  };
}

const TELL_MS = 100;
const FIRST_LOOK_MS = 400;

/** A plain file; not stdin, and not an archive. */
function canBeReadAgain(path: string): boolean {
  if (path === "-") return false;
  try {
    if (!statSync(path).isFile()) return false;
    const descriptor = openSync(path, "r");
    const head = Buffer.alloc(4);
    readSync(descriptor, head, 0, 4, 0);
    closeSync(descriptor);
    const isGzip = head[0] === 0x1f && head[1] === 0x8b;
    const isZstd = head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd;
    return !isGzip && !isZstd;
  } catch {
    return false;
  }
}
