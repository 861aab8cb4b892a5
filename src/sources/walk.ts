import { readdirSync, statSync, type Dirent } from "node:fs";
import { reasonOf } from "./reason.ts";

/**
 * All files below a directory, sorted by name, so that two runs read in the same order. Links to files are followed,
 * links to directories are not (they may form a ring).
 */
export function* walk(root: string): Generator<Found> {
  const open: string[] = [root];
  for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
    let entries: Dirent[];
    try {
      entries = readdirSync(directory, { withFileTypes: true });
    } catch (error) {
      yield { path: directory, problem: reasonOf(error) };
      continue;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    const deeper: string[] = [];
    for (const entry of entries) {
      const path = directory.endsWith("/") ? directory + entry.name : `${directory}/${entry.name}`;
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) deeper.push(path);
      else if (entry.isFile() || (entry.isSymbolicLink() && isFile(path))) yield { path, problem: null };
    }
    open.push(...deeper.reverse());
  }
}

export interface Found {
  path: string;
  /** Why a directory cannot be read; null for a file. */
  problem: string | null;
}

/** Directories that hold programs or bookkeeping, never an agent's output. */
const SKIPPED = new Set(
  ".git .hg .svn node_modules .misfire __pycache__ .venv venv .tox .nox site-packages dist-packages".split(" "),
);

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
