import { readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Position } from "./position.ts";

/** Positions by path, kept in a file that is replaced as a whole. */
export interface Checkpoint {
  get(path: string): Position | null;
  set(path: string, position: Position): void;
  /** Writes what was set since the last time. */
  save(): void;
}

export function openCheckpoint(file: string): Checkpoint {
  const positions = new Map(
    Object.entries(read(file)).filter(([, value]) => isPosition(value)) as [string, Position][],
  );
  let isDirty = false;
  return {
    get: (path) => positions.get(path) ?? null,
    set(path, position) {
      positions.set(path, position);
      isDirty = true;
    },
    save() {
      if (!isDirty) return;
      isDirty = false;
      writeFileSync(`${file}.new`, `${JSON.stringify(Object.fromEntries(positions), null, 1)}\n`);
      renameSync(`${file}.new`, file);
    },
  };
}

/** A missing file is a first start; one that is no checkpoint is not overwritten. */
function read(file: string): object {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
  const value = JSON.parse(text) as unknown;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error("it is no checkpoint of misfire");
  return value;
}

function isPosition(value: unknown): value is Position {
  const { dev, ino, bytes, lines, mark } = (value ?? {}) as Partial<Position>;
  return [dev, ino, bytes, lines].every((n) => Number.isSafeInteger(n)) && typeof mark === "string";
}
