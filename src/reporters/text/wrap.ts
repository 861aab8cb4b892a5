import { widthOf, widthOfChar } from "./width.ts";

/** Lines of at most `width` columns, broken at spaces, and inside a word only where it is longer than a line. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(width, 8);
  return text.split("\n").flatMap((line) => wrapLine(line, room));
}

/** At most `width` columns; `…` stands for what is left out at the end. */
export function clip(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  return `${cut(text, width - 1)}…`;
}

function wrapLine(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const part of text.match(/^ +|\S+ */g) ?? [""]) {
    const word = part.trimEnd() || part;
    if (used > 0 && used + widthOf(word) > width && line.trim() !== "") {
      lines.push(line.trimEnd());
      line = "";
      used = 0;
    }
    let rest = part;
    while (used + widthOf(rest.trimEnd()) > width) {
      const head = cut(rest, width - used);
      if (head === "") break;
      lines.push(line + head);
      rest = rest.slice(head.length);
      line = "";
      used = 0;
    }
    line += rest;
    used += widthOf(rest);
  }
  return [...lines, line.trimEnd()];
}

/** The longest start of a text that fits. */
function cut(text: string, width: number): string {
  let used = 0;
  let end = 0;
  for (const char of text) {
    used += widthOfChar(char);
    if (used > width) break;
    end += char.length;
  }
  return text.slice(0, end);
}
