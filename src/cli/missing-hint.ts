import { existsSync, readdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import { COMMAND_NAMES } from "./commands.ts";
import { didYouMean, nearest } from "./suggest.ts";

/** What the user may have meant by a file that is not there: a file of nearly the same name, or a command. */
export function missingHint(path: string, words: readonly string[]): string {
  if (path === "-" || existsSync(path)) return "";
  const command = path === words[0] ? nearest(path, COMMAND_NAMES) : null;
  if (command !== null) return `; did you mean the command ${command}?`;
  try {
    const directory = dirname(path);
    const prefix = path.slice(0, path.length - basename(path).length);
    return didYouMean(basename(path), readdirSync(directory).slice(0, 1000), prefix);
  } catch {
    return "";
  }
}
