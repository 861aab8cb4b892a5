import { readFileSync } from "node:fs";
import { packageRoot } from "../installed.ts";
import { commandOf, isCommand, type CommandName } from "./commands.ts";
import { EXIT, UsageError } from "./errors.ts";
import { processIo, type Io } from "./io.ts";
import { parse, type Parsed } from "./parse.ts";

/** Runs the process: arguments, signals, broken pipes, and the exit code. */
export async function start(): Promise<void> {
  const stop = new AbortController();
  // The first Ctrl-C ends the reading and prints what was found so far; the second one ends the process.
  const interrupt = (): void => (stop.signal.aborted ? process.exit(EXIT.interrupted) : stop.abort());
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  process.stdout.on("error", onBroken);
  process.stderr.on("error", onBroken);
  process.exitCode = await main(process.argv.slice(2), processIo(stop.signal));
}

/** Whoever reads our output has seen enough (`| head`): that is no error, and nobody is left to tell. A full disk is one. */
function onBroken(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit();
  process.stderr.write(`misfire: cannot write the report: ${error.message}\n`);
  process.exit(EXIT.usage);
}

/** One call of the command line; gives the exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    if (argv[0] === "help") return await help(argv[1] ?? null, io);
    return await dispatch(parse(argv, io.env), io);
  } catch (error) {
    return said(error, io);
  }
}

async function dispatch(parsed: Parsed, io: Io): Promise<number> {
  const { words, values, given } = parsed;
  const name: CommandName = isCommand(words[0]) ? words[0] : "diagnose";
  const rest = isCommand(words[0]) ? words.slice(1) : words;
  if (values.version) {
    io.out(`${packageVersion()}\n`);
    return EXIT.ok;
  }
  if (values.help || (name === "diagnose" && rest.length === 0 && io.inIsTerminal))
    return help(isCommand(words[0]) ? name : null, io);
  const command = commandOf(name);
  for (const flag of given) {
    if (!command.flags.includes(flag))
      throw new UsageError(`misfire ${name} has no option --${flag} (misfire help ${name})`);
  }
  const { run } = await command.load();
  return run({ words: rest, values, io, given });
}

async function help(topic: string | null, io: Io): Promise<number> {
  const { helpPage } = await import("./help.ts");
  io.out(helpPage(topic, Math.min(io.columns, 100)));
  return EXIT.ok;
}

function packageVersion(): string {
  const file = new URL("package.json", packageRoot);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** Known errors in one line; of an unknown one also the stack, since it is ours. */
function said(error: unknown, io: Io): number {
  const { name, message, stack } = error as Error;
  const known = error instanceof UsageError || KNOWN.has(name);
  io.err(
    known
      ? `misfire: ${message}\n`
      : `misfire: this is a fault of misfire itself; please report it with what follows\n${stack ?? String(error)}\n`,
  );
  return EXIT.usage;
}

/** Errors about a user's classifiers (src/user-packs.ts, src/signatures/compile.ts), told by name since loading them costs time. */
const KNOWN = new Set(["PackError", "ClassifierError"]);
