import type { EngineOptions, FromEngine } from "../engine/messages.ts";
import { openFileLines, type FileLines } from "../logs/file-lines.ts";
import { joined, type Growing } from "../logs/lines.ts";
import { createRingLines } from "../logs/ring-lines.ts";
import { emptySnapshot, NOTHING } from "./empty.ts";
import { openWorker, type Link } from "./link.ts";
import { createMirror } from "./mirror.ts";
import type { Feed, Snapshot, Status } from "./snapshot.ts";

/** Reads files, directories or stdin while they are looked at. */
export interface Exploration extends Feed {
  /** Begins to read; ends when all has been read. */
  read(): Promise<void>;
  readonly unreadable: boolean;
}

export type Explored = Extract<EngineOptions, { kind: "files" }>;

export function openExploration(options: Explored, open = openWorker): Exploration {
  const ring = createRingLines();
  const parts: Growing[] = [];
  const files = new Map<string, FileLines>();
  const problems: string[] = [];
  const listeners = new Set<() => void>();
  const done = Promise.withResolvers<void>();
  // a screen that broke has told it
  done.promise.catch(() => {});
  const mirror = createMirror(NOTHING, (message) => link?.send(message));
  let link: Link | null = null;
  let reading: Status["reading"] = { name: options.paths[0] ?? "-", read: 0, size: null };
  let snapshot: Snapshot = emptySnapshot(joined(parts), status());
  let unreadable = false;

  function status(): Status {
    return { reading, live: null, problems, droppedLines: ring.dropped };
  }

  function tell(): void {
    snapshot = {
      ...mirror.seen(),
      lines: joined(parts),
      status: status(),
      version: snapshot.version + 1,
    };
    for (const listener of listeners) listener();
  }

  function fileOf(path: string): FileLines {
    const known = files.get(path) ?? openFileLines(path);
    if (!files.has(path)) parts.push(known);
    files.set(path, known);
    return known;
  }

  function told(message: FromEngine): void {
    switch (message.type) {
      case "update":
        if (mirror.take(message.update)) tell();
        return link?.send({ type: "got" });
      case "run":
        mirror.takeRun(message.id, message.run);
        return tell();
      case "reading":
        reading = message.reading;
        tell();
        return reading === null ? done.resolve() : undefined;
      case "problem":
        unreadable ||= message.isUnreadable;
        return void problems.push(message.text);
      case "grown":
        return fileOf(message.path).grow(message);
      case "text":
        if (!parts.includes(ring)) parts.push(ring);
        return ring.add(message.name, message.block);
      default:
        return;
    }
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
      link?.send({ type: "stop" });
      link?.close();
      link = null;
      done.resolve();
      for (const file of files.values()) file.close();
    },
    read() {
      link = open(options, told, (error) => {
        done.reject(error);
        // the screen ends, and tells it
        queueMicrotask(() => {
          throw error;
        });
      });
      return done.promise;
    },
  };
}
