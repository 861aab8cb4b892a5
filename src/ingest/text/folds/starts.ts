import { startsRecord } from "../envelopes/header.ts";
import { BANNER, CHAT_HEAD, CONSOLE_HEAD, STAR_HEAD } from "./shapes.ts";

/**
 * True for a line (prefix and ANSI removed) that starts a record whatever came before it. The scanner walks back from
 * a hit to such a line, so the answer may depend on this line alone.
 */
export function startsAnew(text: string): boolean {
  // Calls and results of an AG2 message belong to the line before that names the speakers.
  if (text.startsWith("*****") && STAR_HEAD.test(text)) return false;
  return (
    startsRecord(text) ||
    (text.endsWith("):") && CHAT_HEAD.test(text)) ||
    (text.startsWith("---------- ") && CONSOLE_HEAD.test(text)) ||
    (text.startsWith("==========") && BANNER.test(text)) ||
    (text.includes("Warning: ") && PYTHON_WARNING.test(text))
  );
}

/** `/app/x.py:12: DeprecationWarning: ...` */
const PYTHON_WARNING = /^\S{1,500}\.py:\d+: \w*Warning: /;
