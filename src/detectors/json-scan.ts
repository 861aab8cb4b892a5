/** How far a text is JSON: whole, one value and more behind it, cut off, or broken at a place. */
export interface JsonScan {
  state: "whole" | "trailing" | "cut" | "broken" | "empty";
  /** UTF-16 offset: where the rest begins, the input ends, or the first sign is that JSON does not allow there. */
  at: number;
}

/** One pass without recursion, so that depth costs nothing. */
export function scanJson(text: string): JsonScan {
  let at = skipSpace(text, 0);
  if (at === text.length) return { state: "empty", at };
  const open: string[] = [];
  let wants: "value" | "key" | "colon" | "comma" = "value";
  for (; ; at = skipSpace(text, at)) {
    if (wants === "comma" && open.length === 0)
      return at === text.length ? { state: "whole", at } : { state: "trailing", at };
    if (at >= text.length) return { state: "cut", at: text.length };
    const sign = text[at]!;
    const closes = sign === open.at(-1);
    const before = at > 0 ? text[lastSolid(text, at)] : "";
    if (closes && (wants === "comma" || before === "{" || before === "[")) {
      open.pop();
      wants = "comma";
      at++;
    } else if (wants === "comma" && sign === ",") {
      wants = open.at(-1) === "}" ? "key" : "value";
      at++;
    } else if (wants === "colon" && sign === ":") {
      wants = "value";
      at++;
    } else if (wants === "value" && (sign === "{" || sign === "[")) {
      open.push(sign === "{" ? "}" : "]");
      wants = sign === "{" ? "key" : "value";
      at++;
    } else if ((wants === "value" || wants === "key") && sign === '"') {
      const end = stringEnd(text, at);
      if (end.state !== "whole") return end;
      at = end.at;
      wants = wants === "key" ? "colon" : "comma";
    } else if (wants === "value") {
      SCALAR.lastIndex = at;
      const scalar = SCALAR.exec(text)?.[0];
      const rest = text.slice(at, at + 5);
      if (scalar === undefined)
        return {
          state: at + rest.length >= text.length && WORDS.some((word) => word.startsWith(rest)) ? "cut" : "broken",
          at,
        };
      at += scalar.length;
      wants = "comma";
    } else return { state: "broken", at };
  }
}

const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;
const WORDS = ["true", "false", "null", "-"];

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \n\r\t".includes(text[at]!)) at++;
  return at;
}

function lastSolid(text: string, from: number): number {
  let at = from - 1;
  while (at > 0 && " \n\r\t".includes(text[at]!)) at--;
  return at;
}

function stringEnd(text: string, from: number): JsonScan {
  for (let at = from + 1; at < text.length; at++) {
    const sign = text[at]!;
    if (sign === '"') return { state: "whole", at: at + 1 };
    if (sign < " ") return { state: "broken", at };
    if (sign !== "\\") continue;
    if (at + 1 < text.length && !'"\\/bfnrtu'.includes(text[at + 1]!)) return { state: "broken", at };
    at++;
  }
  return { state: "cut", at: text.length };
}
