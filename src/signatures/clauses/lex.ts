import { WORDS } from "./words.ts";

/** A word of a sentence: its concept (`TOOL`), what kind of thing it is (`NAME`, `NUM`, `TYPE`), or itself in lower case. */
export interface Token {
  is: string;
  /** The text itself, a name without its quotes. */
  raw: string;
  start: number;
  end: number;
}

/** The words of a line as concepts, at most 160. Quoted sentences are read as if they were not quoted; articles are left out. */
export function lex(line: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < line.length && tokens.length < MOST;) {
    const token = tokenAt(line, at);
    if (token !== null && !SILENT.has(token.is)) tokens.push(...spokenIn(token));
    at = token?.end ?? at + 1;
  }
  return tokens;
}

const MOST = 160;

const SILENT = new Set(
  "the a an this that these those your its my our been be was were is are being have has to".split(" "),
);

function tokenAt(line: string, at: number): Token | null {
  for (const { is, pattern } of KINDS) {
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    if (found === null || found[0] === "") continue;
    const [raw] = found;
    const [start, end] = [at, at + raw.length];
    if (is === "CONCEPT") return { is: WORDS[found.slice(1).findIndex((g) => g !== undefined)]![0], raw, start, end };
    const name = found[1] ?? raw;
    return { is: is === "WORD" ? raw.toLowerCase() : is === "NAME" ? kindOf(name) : is, raw: name, start, end };
  }
  return null;
}

/** `toolNotFound`, `TOOL_NOT_FOUND`: a name that is nothing but words of a failure says what they say. */
function spokenIn(token: Token): Token[] {
  const { is, raw, start, end } = token;
  if (is !== "NAME" || end - start !== raw.length || raw.length > 60 || !/[a-z][A-Z]|_/.test(raw)) return [token];
  const words = raw
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll(/[_.]/g, " ")
    .toLowerCase();
  const tokens = lex(words);
  const isSaid = tokens.length > 1 && tokens.every(({ is }) => /^[A-Z]{4}/.test(is) || /^(?:max|maximum|no)$/.test(is));
  return isSaid && tokens.some((t) => BEFALLEN.has(t.is))
    ? tokens.map((t) => ({ is: t.is, raw, start, end }))
    : [token];
}

const BEFALLEN = new Set(
  "NOTFOUND EXCEED TIMEOUT DENIED INVALID MISSING FAILED CANCEL NOTSUPPORT UNEXPECTED DUP TRUNC MISMATCH NOTIMPL".split(
    " ",
  ),
);

/** What a class of exceptions says by its name. */
function kindOf(name: string): string {
  return EXCEPTIONS.find(([, form]) => form.test(name))?.[0] ?? "NAME";
}

const EXCEPTIONS: [is: string, form: RegExp][] = [
  ["TOOLERR", /Tool\w{0,40}(?:Error|Exception|Failure|Fault)$/],
  ["MODELERR", /(?:LLM|Llm|Model|Provider|Completion)\w{0,40}(?:Error|Exception)$/],
  ["MCPERR", /M[Cc][Pp]\w{0,40}(?:Error|Exception)$/],
  ["FAILED", /\w(?:Error|Exception)$/],
];

const CONCEPTS = WORDS.map(([, phrases]) => `(${phrases})`)
  .join("|")
  .replaceAll("NT", "(?:n['’]?t| not)")
  .replaceAll(" ", "[\\s_-]")
  .replaceAll("'", "['’]");

const KINDS: { is: string; pattern: RegExp }[] = [
  // the key of a JSON member names its value; a quoted word is a name, a quoted sentence is words
  { is: "KEY", pattern: /["'](\w{1,40})["'](?=\s?:\s?["'[{\d])/y },
  { is: "NAME", pattern: /(?<!\w)["'`‘“]+([\p{L}\d_$:@][\p{L}\d_$:@./-]{0,80})["'`’”]+(?!\w)/uy },
  { is: "NAME", pattern: /(?<!\w)["'`]((?:[A-Z][\w-]{0,20} ){1,3}[\w-]{1,20})["'`](?!\w)/y },
  { is: "CONCEPT", pattern: new RegExp(`(?<!\\w)(?:${CONCEPTS})(?!\\w)`, "iy") },
  {
    is: "TYPE",
    pattern:
      /(?<!\w)(?:non-empty )?(?:strings?|numbers?|integers?|ints?|floats?|doubles?|booleans?|bools?|arrays?|lists?|objects?|dict(?:ionary)?|map|numeric|decimal)(?![\w-]|\.\w)/iy,
  },
  {
    is: "NUM",
    pattern:
      /(?<!\w)(\d[\d,_]*(?:\.\d+)?)(?: ?(?:ms|s|secs?|seconds?|minutes?|KiB|MiB|KB|MB|bytes|characters|chars|tokens))?(?!\w)/y,
  },
  { is: "WORD", pattern: /(?<!\w)(?:[A-Z]?[a-z]+(?:['’]t)?|[A-Z]+)(?![\w.:/-]*[\w/])/y },
  { is: "NAME", pattern: /(?<!\w)([A-Za-z_$][\w$]*(?:[.:/-][A-Za-z_$][\w$]*)*)/y },
  { is: "STOP", pattern: /[.!?](?=\s|$)|;/y },
  { is: ":", pattern: /[:=]/y },
  { is: "SIGN", pattern: /[()[\]{},|>→—]/y },
];
