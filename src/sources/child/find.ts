import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Ended } from "./child.ts";

type Env = Record<string, string | undefined>;

/** The file that a command names, as execvp finds it; null when there is none that may be run. */
export function findCommand(command: string, env: Env): string | null {
  return filesOf(command, env).find(isExecutable) ?? null;
}

/** Why a command cannot be started, in the words and with the exit code of a shell; null when it can. */
export function whyNoCommand(command: string, env: Env): Ended | null {
  // Windows adds endings of its own (PATHEXT)
  if (process.platform === "win32" || findCommand(command, env) !== null) return null;
  return filesOf(command, env).length === 0
    ? { failed: `${command}: command not found`, code: 127 }
    : { failed: `${command}: permission denied`, code: 126 };
}

function filesOf(command: string, env: Env): string[] {
  const paths = command.includes("/")
    ? [command]
    : (env["PATH"] ?? DEFAULT_PATH).split(delimiter).map((folder) => join(folder, command));
  return paths.filter(isFile);
}

/** What execvp takes without PATH. */
const DEFAULT_PATH = "/bin:/usr/bin";

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
