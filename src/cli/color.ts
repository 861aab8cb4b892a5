import type { Values } from "./flags.ts";
import type { Io } from "./io.ts";

/** https://no-color.org and https://force-color.org; `--color` beats both. */
export function wantsColor(choice: Values["color"], { env, outIsTerminal }: Io): boolean {
  if (choice !== "auto") return choice === "always";
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"]) return env["FORCE_COLOR"] !== "0";
  return outIsTerminal && env["TERM"] !== "dumb";
}
