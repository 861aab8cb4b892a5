/**
 * Reads what Node's util.inspect prints of plain data: objects, arrays, strings (also `'a' +` over lines), numbers, `undefined`,
 * `[Object]`, `Map(1) {...}` as texts. Undefined when it is none; never evaluates. `end` is the offset behind the value.
 */
export function parseInspect(text: string, start: number): { value: unknown; end: number } | undefined {
  const state: State = { text, at: start, failed: false };
  const value = read(state, 0);
  return state.failed ? undefined : { value, end: state.at };
}

interface State {
  text: string;
  at: number;
  failed: boolean;
}

const MAX_DEPTH = 64;
const KEY = /(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([A-Za-z_$][\w$.-]*|\d+|\[[^\]]{1,60}\])):\s*/y;
const STRING = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`/y;
const WORD = /-?\d[\w.]*|\[[A-Z][^\]\n]{0,200}\]|[A-Za-z_$<][^\s,{}[\]]{0,200}/y;

function read(state: State, depth: number): unknown {
  skip(state);
  const c = state.text[state.at];
  if (c === undefined || depth > MAX_DEPTH) return fail(state);
  if (c === "{") return object(state, depth);
  if (c === "[" && !match(state, /\[[A-Z][A-Za-z]*\]/y)) return array(state, depth);
  if (c === "'" || c === '"' || c === "`") return string(state);
  const word = match(state, WORD)?.[0];
  if (word === undefined) return fail(state);
  state.at += word.length;
  // `Map(1) {`, `Foo {`: a class's name in front of its fields.
  if (/^[A-Z]/.test(word)) {
    skip(state);
    const next = state.text[state.at];
    if (next === "{" || next === "[") return read(state, depth);
  }
  return WORDS.has(word)
    ? WORDS.get(word)
    : /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(word)
      ? Number(word)
      : /^-?\d+n$/.test(word)
        ? word.slice(0, -1)
        : word;
}

const WORDS = new Map<string, unknown>([
  ["undefined", null],
  ["null", null],
  ["true", true],
  ["false", false],
]);

function object(state: State, depth: number): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  state.at++;
  for (;;) {
    if (closes(state, "}")) return record;
    const key = match(state, KEY);
    if (key === null) {
      // `[Circular *1]`, `... 3 more items`, `'a' => 1` of a Map: passed over as a value.
      const before = state.at;
      read(state, depth + 1);
      if (state.failed || state.at === before) return record;
      continue;
    }
    state.at += key[0].length;
    const name = unescaped(key[1] ?? key[2] ?? key[3] ?? "");
    const value = read(state, depth + 1);
    if (state.failed) return record;
    if (name !== "__proto__") record[name] = value;
  }
}

function array(state: State, depth: number): unknown[] {
  const list: unknown[] = [];
  state.at++;
  for (;;) {
    if (closes(state, "]")) return list;
    const before = state.at;
    list.push(read(state, depth + 1));
    if (state.failed || state.at === before) return list;
  }
}

/** Passes commas; true when the container ends, or the text does. */
function closes(state: State, end: string): boolean {
  skip(state);
  while (state.text[state.at] === ",") {
    state.at++;
    skip(state);
  }
  if (state.text.startsWith("...", state.at)) state.at = Math.max(state.at + 3, state.text.indexOf("\n", state.at));
  skip(state);
  if (state.text[state.at] === undefined) {
    state.failed = true;
    return true;
  }
  if (state.text[state.at] !== end) return false;
  state.at++;
  return true;
}

/** Long strings are printed in pieces joined by `+`. */
function string(state: State): string {
  let whole = "";
  for (;;) {
    const piece = match(state, STRING);
    if (piece === null) return String(fail(state));
    state.at += piece[0].length;
    whole += unescaped(piece[1] ?? piece[2] ?? piece[3] ?? "");
    const joint = match(state, /\s*\+\s*(?=['"`])/y);
    if (joint === null) return whole;
    state.at += joint[0].length;
  }
}

function unescaped(raw: string): string {
  return raw.replace(
    /\\(?:u\{?([0-9a-fA-F]{1,6})\}?|x([0-9a-fA-F]{2})|([\s\S]))/g,
    (_, unicode?: string, hex?: string, c?: string) => {
      const code = unicode ?? hex;
      if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
      return ESCAPES[c ?? ""] ?? c ?? "";
    },
  );
}

const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", "0": "\0", "\n": "" };

function match(state: State, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = state.at;
  return pattern.exec(state.text);
}

function skip(state: State): void {
  while (state.at < state.text.length && state.text.charCodeAt(state.at) <= 32) state.at++;
}

function fail(state: State): null {
  state.failed = true;
  return null;
}
