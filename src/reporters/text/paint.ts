import { terminalLine, terminalText } from "../../records/terminal-text.ts";

/** Colours, or none. Every piece of the input passes through `line` or `lines` before it is painted. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  blue(text: string): string;
  cyan(text: string): string;
  /** The words that matched. */
  match(text: string): string;
}

export function paintOf(color: boolean): Paint {
  const style = (on: number, off: number) => (text: string) =>
    color && text !== "" ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    bold: style(1, 22),
    dim: style(2, 22),
    red: style(31, 39),
    green: style(32, 39),
    yellow: style(33, 39),
    blue: style(34, 39),
    cyan: style(36, 39),
    match: (text) => style(1, 22)(style(31, 39)(text)),
  };
}

export const line = terminalLine;
export const lines = terminalText;
