/** The end of the bracketed value that begins at `start`, strings skipped; -1 where it does not end. Takes JSON and Python alike. */
export function scanEnd(text: string, start: number): number {
  const open: string[] = [];
  for (let at = start; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '"' || sign === "'") {
      at = closing(text, at);
      if (at === -1) return -1;
    } else if (sign === "{" || sign === "[" || sign === "(") open.push(PAIRS[sign]!);
    else if (sign === open.at(-1)) {
      open.pop();
      // glued objects are one text: what follows at once belongs to it
      if (open.length === 0 && text[at + 1] !== "{") return at + 1;
    }
  }
  return -1;
}

const PAIRS: Record<string, string> = { "{": "}", "[": "]", "(": ")" };

function closing(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === text[start]) return at;
  }
  return -1;
}
