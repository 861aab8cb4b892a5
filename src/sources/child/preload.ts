import { spawnSync } from "node:child_process";
import { closeSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { findCommand } from "./find.ts";

type Env = Record<string, string | undefined>;

/**
 * NODE_OPTIONS that load a module before a Node program; none when the command runs no Node, or one older than the module
 * needs: an option that a Node does not know would end the program.
 */
export function preloadEnvironment([command, ...args]: readonly string[], env: Env, module: URL): Env {
  // Node 24 takes a built-in module for a file there as soon as a load hook is set, and ends
  if (command === undefined || args.some((argument) => argument.startsWith("--input-type"))) return {};
  const node = nodeOf(command, env);
  if (node === null || !isNewEnough(node, env)) return {};
  const before = env["NODE_OPTIONS"];
  return { NODE_OPTIONS: [before, `--import=${module.href}`].filter(Boolean).join(" ") };
}

/** The Node itself, or that which a script asks for in its first line: npx, npm, tsx, what is in node_modules/.bin. */
function nodeOf(command: string, env: Env): string | null {
  if (IS_NODE.test(basename(command))) return command;
  const script = findCommand(command, env);
  if (script === null) return null;
  const asked = /^#!\s*(?:\S*\/env\s+(?:-S\s+)?)?(\S+)/.exec(headOf(script))?.[1];
  return asked !== undefined && IS_NODE.test(basename(asked)) ? asked : null;
}

const IS_NODE = /^node(?:js)?(?:\.exe)?$/;

function headOf(path: string): string {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(128);
      return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0)).toString("latin1");
    } finally {
      closeSync(file);
    }
  } catch {
    // one that may be run and not read: no script
    return "";
  }
}

/** That of our own package.json. */
const [MAJOR, MINOR] = [22, 15];

function isNewEnough(node: string, env: Env): boolean {
  const { stdout } = spawnSync(node, ["--version"], { env, encoding: "utf8", timeout: 5000 });
  const [major = 0, minor = 0] =
    /^v(\d+)\.(\d+)/
      .exec(stdout ?? "")
      ?.slice(1)
      .map(Number) ?? [];
  return major > MAJOR || (major === MAJOR && minor >= MINOR);
}
