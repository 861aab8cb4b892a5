import { COMMAND_NAMES, commandOf, isCommand, type Command, type CommandName } from "./commands.ts";
import { UsageError } from "./errors.ts";
import { FLAG_NAMES, GROUPS, specOf, usageOf, variableOf, type FlagName } from "./flags.ts";
import { didYouMean } from "./suggest.ts";
import { wrapWords } from "./wrap-words.ts";

/** The help of everything, of a command, or of a flag (`--since`, `since` or `-f`). */
export function helpPage(topic: string | null, width: number): string {
  if (topic === null) return mainHelp(width);
  if (topic === "--help" || topic === "-h") return commandHelp("help", width);
  if (isCommand(topic)) return commandHelp(topic, width);
  const flag = FLAG_NAMES.find((name) => topic === `--${name}` || topic === name || topic === `-${specOf(name).short}`);
  if (flag) return flagHelp(flag, width);
  throw new UsageError(
    `there is no help about ${topic}${didYouMean(topic, [...COMMAND_NAMES, ...FLAG_NAMES.map((name) => `--${name}`)])}`,
  );
}

function mainHelp(width: number): string {
  const { examples, usage, flags } = commandOf("diagnose");
  return joined([
    ["misfire: why did that tool call fail, and what do I change?"],
    [`Usage: misfire ${usage}`, "       misfire COMMAND [ARGUMENT]..."],
    exampleSection(examples),
    ...flagSections([...flags, "help", "version"], width),
    ["Commands:", ...COMMAND_NAMES.flatMap((name) => row(name, commandOf(name).summary, width))],
    wrapWords(
      "Each flag can also be given by the environment: --max-evidence is MISFIRE_MAX_EVIDENCE. Exit codes: 0 no failure, 1 a failure, 2 wrong usage, 3 an input that cannot be read, 130 interrupted.",
      width,
    ),
  ]);
}

/** The page of `misfire help COMMAND` and `misfire COMMAND --help`. */
function commandHelp(name: CommandName, width: number): string {
  const { summary, usage, about, flags, examples } = commandOf(name);
  return joined([
    wrapWords(`misfire ${name}: ${summary}`, width),
    [`Usage: misfire ${name} ${usage}`],
    about.split("\n").flatMap((line) => wrapWords(line, width)),
    exampleSection(examples),
    ...flagSections(flags, width),
  ]);
}

/** The page of `misfire help --flag`. */
function flagHelp(name: FlagName, width: number): string {
  const { short, long, choices, default: standard } = specOf(name);
  const variable = variableOf(name);
  const commands = COMMAND_NAMES.filter((command) => commandOf(command).flags.includes(name));
  const facts = [
    choices ? `Values: ${choices.join(", ")}` : "",
    standard === undefined ? "" : `Default: ${standard}`,
    variable === null ? "" : `Environment: ${variable}`,
    commands.length > 0 ? `Commands: ${commands.join(", ")}` : "",
  ];
  return joined([
    [`${short ? `-${short}, ` : ""}${usageOf(name)}`],
    wrapWords(long.replaceAll("`", ""), width),
    facts.filter(Boolean),
  ]);
}

function exampleSection(examples: Command["examples"]): string[] {
  const longest = Math.max(...examples.map(({ line }) => line.length));
  return ["Examples:", ...examples.map(({ line, says }) => `  ${line.padEnd(longest)}  # ${says}`)];
}

const COLUMN = 30;

function flagSections(flags: readonly FlagName[], width: number): string[][] {
  return GROUPS.map((group) => {
    const own = FLAG_NAMES.filter((name) => flags.includes(name) && specOf(name).group === group);
    return own.length === 0 ? [] : [`${group}:`, ...own.flatMap((name) => flagRow(name, width))];
  });
}

function flagRow(name: FlagName, width: number): string[] {
  const { short, doc, default: standard } = specOf(name);
  const left = `${short ? `-${short},` : "   "} ${usageOf(name)}`;
  return row(left, standard === undefined ? doc : `${doc} [${standard}]`, width);
}

/** Two columns; a long left side has its line alone. */
function row(left: string, right: string, width: number): string[] {
  const [first = "", ...more] = wrapWords(right.replaceAll("`", ""), Math.max(30, width - COLUMN));
  const rest = more.map((line) => " ".repeat(COLUMN) + line);
  const head = `  ${left}`;
  return head.length + 2 > COLUMN
    ? [head, " ".repeat(COLUMN) + first, ...rest]
    : [head.padEnd(COLUMN) + first, ...rest];
}

function joined(sections: readonly string[][]): string {
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}
