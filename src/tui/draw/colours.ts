import { terminalLine } from "../../records/terminal-text.ts";
import { redact } from "../../records/redact.ts";
import { widthOfChar } from "../../reporters/text/width.ts";

/**
 * A line of a log as it came: with its colours where they are wanted, and nothing else of its escape codes. A line with a
 * secret in it loses both.
 */
export function logLine(raw: string, width: number, color: boolean): { line: string; text: string } {
  const text = terminalLine(raw);
  const safe = redact(text);
  if (safe !== text || !color || !raw.includes("\u001b[")) return { line: fit([safe], width), text: safe };
  return { line: fit(raw.split(SGR), width), text };
}

const SGR = /\u001b\[([\d;]{0,40})m/;

/** Every second part is the numbers of a colour. */
function fit(parts: readonly string[], width: number): string {
  let out = "";
  let room = width;
  let painted = false;
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) {
      const codes = allowed(part);
      if (codes !== null) out += `\u001b[${codes}m`;
      painted ||= codes !== null;
      continue;
    }
    for (const char of parts.length === 1 ? part : terminalLine(part)) {
      const wide = widthOfChar(char);
      if (wide > room) return `${out}${painted ? "\u001b[0m" : ""}`;
      out += char;
      room -= wide;
    }
  }
  return painted ? `${out}\u001b[0m` : out;
}

/** Foreground colours, bold, dim, italic, underlined and their ends: nothing that hides, blinks or fills. */
function allowed(codes: string): string | null {
  const numbers = codes.split(";").map(Number);
  const kept: number[] = [];
  for (let at = 0; at < numbers.length; at++) {
    const code = numbers[at]!;
    if (code === 38 && numbers[at + 1] === 5) kept.push(38, 5, byte(numbers[(at += 2)]));
    else if (code === 38 && numbers[at + 1] === 2)
      kept.push(38, 2, byte(numbers[at + 2]), byte(numbers[at + 3]), byte(numbers[(at += 4)]));
    else if (code === 48) at += numbers[at + 1] === 2 ? 4 : 2;
    else if (
      code <= 4 ||
      (code >= 22 && code <= 24) ||
      (code >= 30 && code <= 37) ||
      code === 39 ||
      (code >= 90 && code <= 97)
    )
      kept.push(code);
  }
  return kept.length === 0 ? null : kept.join(";");
}

function byte(value: number | undefined): number {
  return Math.max(0, Math.min(255, value ?? 0));
}
