import { UsageError } from "./errors.ts";
import { FLAG_NAMES, specOf, usageOf, variableOf, type FlagName, type Values } from "./flags.ts";
import { didYouMean } from "./suggest.ts";

export interface Parsed {
  /** What is no flag, in order; `-` is one of them. */
  words: string[];
  values: Values;
  /** Flags on the command line, for the check that the command takes them. */
  given: Set<FlagName>;
}

/** Reads flags in any place, `--flag value` and `--flag=value`, `-qv`, `-f json`, `--no-flag`, and `--` before file names that look like flags or the command of `exec`. The environment fills in what was not given. */
export function parse(argv: readonly string[], env: Record<string, string | undefined>): Parsed {
  const parsed: Parsed = { words: [], values: defaults(env), given: new Set() };
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") {
      parsed.words.push(...rest);
      break;
    }
    if (word.startsWith("--")) long(word, rest, parsed);
    else if (word.startsWith("-") && word !== "-") short(word, rest, parsed);
    else parsed.words.push(word);
    // as with env, nice and sudo: what follows the name of a command is its own
    if (parsed.words[0] === "exec" && parsed.words.length > 1) {
      parsed.words.push(...rest);
      break;
    }
  }
  return parsed;
}

function long(word: string, rest: string[], parsed: Parsed): void {
  const equals = word.indexOf("=");
  const name = word.slice(2, equals < 0 ? undefined : equals);
  const inline = equals < 0 ? null : word.slice(equals + 1);
  if (isFlag(name)) {
    set(name, inline ?? (specOf(name).kind === "switch" ? "true" : shift(name, rest)), parsed);
  } else if (name.startsWith("no-") && isFlag(name.slice(3)) && inline === null) {
    const positive = name.slice(3) as FlagName;
    if (specOf(positive).kind === "switch") set(positive, "false", parsed);
    else if (specOf(positive).choices?.includes("never")) set(positive, "never", parsed);
    else throw new UsageError(`--${name} is not an option: --${positive} takes a value`);
  } else {
    throw new UsageError(`unknown option --${name}${didYouMean(name, FLAG_NAMES, "--")}`);
  }
}

function short(word: string, rest: string[], parsed: Parsed): void {
  for (let at = 1; at < word.length; at++) {
    const name = FLAG_NAMES.find((flag) => specOf(flag).short === word[at]);
    if (!name)
      throw new UsageError(`unknown option -${word[at]}${isFlag(word.slice(1)) ? `; did you mean -${word}?` : ""}`);
    if (specOf(name).kind === "switch") {
      set(name, "true", parsed);
    } else {
      set(name, word.slice(at + 1).replace(/^=/, "") || shift(name, rest), parsed);
      return;
    }
  }
}

function shift(name: FlagName, rest: string[]): string {
  const value = rest[0];
  if (value === undefined || (value.startsWith("--") && isFlag(value.slice(2))))
    throw new UsageError(`--${name} needs a value: ${usageOf(name)}`);
  rest.shift();
  return value;
}

function set(name: FlagName, text: string, parsed: Parsed): void {
  const first = !parsed.given.has(name);
  parsed.given.add(name);
  const value = valueOf(name, text, `--${name}`);
  const before = parsed.values[name];
  const joined = Array.isArray(value) && Array.isArray(before) && !first ? [...before, ...value] : value;
  (parsed.values as Record<FlagName, unknown>)[name] = joined;
}

function valueOf(name: FlagName, text: string, where: string): boolean | number | string | string[] {
  const { kind, choices } = specOf(name);
  if (kind === "switch") {
    if (TRUE.has(text.toLowerCase())) return true;
    if (FALSE.has(text.toLowerCase())) return false;
    throw new UsageError(`${where}: "${text}" is neither true nor false`);
  }
  if (kind === "number") {
    if (/^\d{1,7}$/.test(text)) return Number(text);
    throw new UsageError(`${where}: "${text}" is not a whole number`);
  }
  if (kind === "list")
    return text
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean);
  if (choices && !choices.includes(text))
    throw new UsageError(`${where}: "${text}" is not one of ${choices.join(", ")}${didYouMean(text, choices)}`);
  return text;
}

const TRUE = new Set(["true", "1", "yes", "on"]);
const FALSE = new Set(["false", "0", "no", "off", ""]);

function defaults(env: Record<string, string | undefined>): Values {
  const values: Record<string, unknown> = {};
  for (const name of FLAG_NAMES) {
    const spec = specOf(name);
    const variable = variableOf(name);
    const text = (variable === null ? undefined : env[variable]) ?? spec.default;
    if (text !== undefined && (text !== "" || spec.kind === "switch"))
      values[name] = valueOf(name, text, text === spec.default ? `--${name}` : String(variable));
    else values[name] = spec.kind === "switch" ? false : spec.kind === "list" ? [] : null;
  }
  return values as unknown as Values;
}

function isFlag(name: string): name is FlagName {
  return (FLAG_NAMES as string[]).includes(name);
}
