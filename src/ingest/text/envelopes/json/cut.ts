import { parseObject } from "./parse.ts";

const SHORTEST = 60;
const LONGEST = 1024 * 1024;
const DEEPEST = 60;

/**
 * The members that are whole in a JSON object whose end was cut off (runtimes and loggers cut long lines), the string
 * that the cut went through included as far as it goes. Null when it was not cut, or nothing can be read.
 */
export function parseCut(text: string): Record<string, unknown> | null {
  if (text.length < SHORTEST || text.length > LONGEST || !text.startsWith('{"')) return null;
  const end = scan(text);
  if (end === null || end.open.length === 0) return null;
  const closers = end.open.toReversed().join("");
  const whole = end.quoted ? `${text.replace(/\\(?:u[0-9a-fA-F]{0,3})?$/, "")}"${closers}` : text + closers;
  return parseObject(whole) ?? (end.comma === -1 ? null : parseObject(`${text.slice(0, end.comma)}}`));
}

interface End {
  /** What has to be closed, outermost first. */
  open: string[];
  quoted: boolean;
  /** The last comma between members of the object itself. */
  comma: number;
}

function scan(text: string): End | null {
  const end: End = { open: [], quoted: false, comma: -1 };
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (end.quoted) {
      if (code === 92) i++;
      else if (code === 34) end.quoted = false;
      continue;
    }
    if (code === 34) end.quoted = true;
    else if (code === 123) end.open.push("}");
    else if (code === 91) end.open.push("]");
    else if (code === 125 || code === 93) {
      // Something follows the object: it was not cut.
      if (end.open.pop() === undefined || end.open.length === 0) return null;
    } else if (code === 44 && end.open.length === 1) end.comma = i;
    if (end.open.length > DEEPEST) return null;
  }
  return end;
}
