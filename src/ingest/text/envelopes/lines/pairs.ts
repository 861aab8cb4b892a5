/** `key=value` pairs of one line (logfmt, structlog's console), and where they end. */
export interface Pairs {
  fields: Record<string, string>;
  count: number;
  end: number;
}

const MOST = 200;

/** Reads pairs from `from` on: values are bare words, quoted text (either quote, backslash escapes) or bracketed reprs. */
export function readPairs(line: string, from: number): Pairs {
  const fields: Record<string, string> = {};
  let at = from;
  let count = 0;
  while (count < MOST) {
    KEY.lastIndex = at;
    const key = KEY.exec(line);
    if (key === null) break;
    const value = valueAt(line, at + key[0].length);
    if (key[1] !== "__proto__") fields[key[1]!] = value.text;
    count++;
    at = value.end;
  }
  return { fields, count, end: at };
}

const KEY = /[ \t]*([A-Za-z_@][\w.@/-]{0,80})=/y;

function valueAt(line: string, at: number): { text: string; end: number } {
  const first = line.charAt(at);
  if (first === '"' || first === "'") {
    const end = closingQuote(line, at);
    if (end !== -1) return { text: unescape(line.slice(at + 1, end)), end: end + 1 };
  }
  if (first === "{" || first === "[" || first === "(") {
    const end = closingBracket(line, at);
    if (end !== -1) return { text: line.slice(at, end + 1), end: end + 1 };
  }
  BARE.lastIndex = at;
  BARE.test(line);
  // A repr such as `ValueError('no such order')` runs on to the end of its brackets.
  if (line.charAt(BARE.lastIndex - 1) !== ")" && line.slice(at, BARE.lastIndex).includes("(")) {
    const end = closingBracket(line, line.indexOf("(", at));
    if (end !== -1) return { text: line.slice(at, end + 1), end: end + 1 };
  }
  return { text: line.slice(at, BARE.lastIndex), end: BARE.lastIndex };
}

const BARE = /[^ \t\n]*/y;

function closingQuote(line: string, at: number): number {
  const quote = line.charAt(at);
  for (let i = at + 1; i < line.length; i++) {
    const char = line.charAt(i);
    if (char === "\\") i++;
    else if (char === quote) return i;
  }
  return -1;
}

function closingBracket(line: string, at: number): number {
  let depth = 0;
  for (let i = at; i < line.length; i++) {
    const char = line.charAt(i);
    if (char === '"' || char === "'") {
      const end = closingQuote(line, i);
      if (end === -1) return -1;
      i = end;
    } else if (char === "{" || char === "[" || char === "(") depth++;
    else if ((char === "}" || char === "]" || char === ")") && --depth === 0) return i;
  }
  return -1;
}

/** Backslash escapes as Go, Python and JSON write them. */
function unescape(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/gs, (_, u?: string, x?: string, char?: string) => {
    const code = u ?? x;
    if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
    return ESCAPES[char!] ?? char!;
  });
}

const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r" };
