import { COMMAND_NAMES, commandOf, type CommandName } from "../commands.ts";
import { specOf, type FlagName } from "../flags.ts";

/** What a completion script knows of the classifiers and formats. */
export interface Known {
  ids: readonly string[];
  layers: readonly string[];
  formats: readonly string[];
}

/** What may follow a flag: fixed words, directories, or anything. */
export function valuesOf(
  flag: FlagName,
  { ids, layers, formats }: Known,
): { words: readonly string[] } | "directory" | "any" | null {
  const { kind, choices, value } = specOf(flag);
  if (kind === "switch") return null;
  if (choices) return { words: choices };
  if (value === "DIR") return "directory";
  if (value === "ID|LAYER") return { words: [...layers, ...ids] };
  if (value === "LAYER") return { words: layers };
  if (flag === "format-in") return { words: formats };
  return "any";
}

/** The words that may follow a command, and whether file names may. */
export function wordsOf(command: CommandName, { ids }: Known): { words: readonly string[]; files: boolean } {
  const { words } = commandOf(command);
  return {
    words: words.flatMap((word) => (word === "ids" ? ids : word === "files" ? [] : [word])),
    files: words.includes("files"),
  };
}

export function flagsOf(command: CommandName): readonly FlagName[] {
  return [...commandOf(command).flags, "help"];
}

export { COMMAND_NAMES };
