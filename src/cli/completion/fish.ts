import { commandOf } from "../commands.ts";
import { FLAG_NAMES, specOf } from "../flags.ts";
import { COMMAND_NAMES, flagsOf, valuesOf, wordsOf, type Known } from "./known.ts";

/** Completions for fish. */
export function fish(known: Known): string {
  const lines = ["# fish completion for misfire: misfire completion fish > ~/.config/fish/completions/misfire.fish"];
  for (const name of COMMAND_NAMES)
    lines.push(`complete -c misfire -n __fish_use_subcommand -a ${name} -d ${quoted(commandOf(name).summary)}`);
  for (const flag of FLAG_NAMES) {
    const { short, doc } = specOf(flag);
    const commands = COMMAND_NAMES.filter((name) => flagsOf(name).includes(flag));
    const values = valuesOf(flag, known);
    const value =
      values === null
        ? ""
        : values === "directory"
          ? ` -x -a "(__fish_complete_directories)"`
          : values === "any"
            ? " -x"
            : ` -x -a ${quoted(values.words.join(" "))}`;
    lines.push(
      `complete -c misfire${conditionFor(commands)} -l ${flag}${short ? ` -s ${short}` : ""}${value} -d ${quoted(doc.replaceAll("`", ""))}`,
    );
  }
  for (const name of COMMAND_NAMES) {
    const { words, files } = wordsOf(name, known);
    if (!files)
      lines.push(
        `complete -c misfire -n "__fish_seen_subcommand_from ${name}" -f${words.length > 0 ? ` -a ${quoted(words.join(" "))}` : ""}`,
      );
  }
  return `${lines.join("\n")}\n`;
}

/** `diagnose` is the default, so its flags also stand where no command was named. */
function conditionFor(commands: readonly string[]): string {
  if (commands.length === 0 || commands.length === COMMAND_NAMES.length) return "";
  const named = `__fish_seen_subcommand_from ${commands.join(" ")}`;
  return commands.includes("diagnose")
    ? ` -n "not __fish_seen_subcommand_from ${COMMAND_NAMES.filter((name) => !commands.includes(name)).join(" ")}"`
    : ` -n "${named}"`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
