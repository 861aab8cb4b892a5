import type { Feed } from "./feed/snapshot.ts";
import { openKeys, type Keys } from "./terminal.ts";

/** Can the app run here: a terminal to draw on, and one to read keys from? */
export function terminalKeys(outIsTerminal: boolean, env: NodeJS.ProcessEnv): Keys | null {
  return outIsTerminal && env["TERM"] !== "dumb" ? openKeys() : null;
}

/** Shows a feed until the user quits or the signal says so; `drawn` is called after the first frame. The terminal is as it was when the promise is settled. */
export async function startTui(
  feed: Feed,
  keys: Keys,
  options: { color: boolean; signal: AbortSignal; screen?: "incidents" | "logs"; drawn?: () => void },
): Promise<void> {
  // the development build of React takes twice as long for a frame
  process.env["NODE_ENV"] ??= "production";
  const { runTui } = await import("./run.ts");
  return runTui(feed, keys, options);
}
