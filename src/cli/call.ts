import type { FlagName, Values } from "./flags.ts";
import type { Io } from "./io.ts";

/** What a command is given. `words` are its arguments, without its name. */
export interface Call {
  words: string[];
  values: Values;
  io: Io;
  /** The flags that stood on the command line. */
  given?: ReadonlySet<FlagName>;
}

/** Does the work and gives the exit code. */
export type Run = (call: Call) => Promise<number>;
