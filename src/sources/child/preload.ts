import { spawnSync } from "node:child_process";
import { basename } from "node:path";

type Env = Record<string, string | undefined>;

/**
 * NODE_OPTIONS that load a module before a Node program; none when the command is no Node, or one older than the module
 * needs: an option that a Node does not know would end the program.
 */
export function preloadEnvironment(command: string, env: Env, module: URL): Env {
  if (!/^node(?:js)?(?:\.exe)?$/.test(basename(command)) || !isNewEnough(command, env)) return {};
  const before = env["NODE_OPTIONS"];
  return { NODE_OPTIONS: [before, `--import=${module.href}`].filter(Boolean).join(" ") };
}

/** That of our own package.json. */
const [MAJOR, MINOR] = [22, 15];

function isNewEnough(command: string, env: Env): boolean {
  const { stdout } = spawnSync(command, ["--version"], { env, encoding: "utf8", timeout: 5000 });
  const [major = 0, minor = 0] =
    /^v(\d+)\.(\d+)/
      .exec(stdout ?? "")
      ?.slice(1)
      .map(Number) ?? [];
  return major > MAJOR || (major === MAJOR && minor >= MINOR);
}
