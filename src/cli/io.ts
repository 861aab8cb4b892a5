import { isatty } from "node:tty";

/** The ends of the process that a command may touch. Tests give their own. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  env: Record<string, string | undefined>;
  inIsTerminal: boolean;
  outIsTerminal: boolean;
  errIsTerminal: boolean;
  /** Width of the terminal, or of what a report is set for where there is none. */
  columns: number;
  /** Aborted at Ctrl-C and SIGTERM. */
  signal: AbortSignal;
}

/** The real process. Asks for nothing but file descriptors, so that `--help` opens no streams it does not need. */
export function processIo(signal: AbortSignal): Io {
  const { env } = process;
  const outIsTerminal = isatty(1);
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env,
    inIsTerminal: isatty(0),
    outIsTerminal,
    errIsTerminal: isatty(2),
    columns: widthOf(env["COLUMNS"], outIsTerminal),
    signal,
  };
}

const NO_TERMINAL = 100;

function widthOf(variable: string | undefined, outIsTerminal: boolean): number {
  const known = outIsTerminal ? process.stdout.columns : Number(variable);
  return known >= 20 ? Math.min(known, 1000) : outIsTerminal ? 80 : NO_TERMINAL;
}
