import { type Cursor, readPrinted, REFUSED } from "./cursor.ts";

/** A value as Node's `util.inspect` prints it, as JSON values; what is no literal (errors, functions, `[Object]`) is kept as its text. */
export function parseInspect(text: string, start: number): { value: unknown; end: number } | null {
  return readPrinted(text, start, (cursor) => valueAt(cursor, 0));
}

const MAX_DEPTH = 32;
const WORDS = new Map<string, unknown>([
  ["null", null],
  ["undefined", undefined],
  ["true", true],
  ["false", false],
]);

function valueAt(cursor: Cursor, depth: number): unknown {
  if (depth > MAX_DEPTH) throw REFUSED;
  cursor.space();
  if (cursor.sign !== "" && "'\"`".includes(cursor.sign)) return stringAt(cursor);
  if (cursor.sign === "[" && cursor.take(MARK) === null) return listAt(cursor, depth);
  cursor.take(CLASS);
  if (cursor.sign === "{") return objectAt(cursor, depth);
  const word = cursor.take(WORD);
  if (word !== null && ENDS.test(cursor.sign))
    return WORDS.has(word) ? WORDS.get(word) : Number(word.replace(/n$/, ""));
  return opaqueAt(cursor, word?.length ?? 0);
}

/** Strings too long for a line are printed in parts with a plus between them. */
function stringAt(cursor: Cursor): string {
  const { text } = cursor;
  let out = "";
  do {
    cursor.space();
    const quote = cursor.sign;
    if (quote === "" || !"'\"`".includes(quote)) throw REFUSED;
    const from = ++cursor.at;
    while (cursor.at < text.length && text[cursor.at] !== quote) cursor.at += text[cursor.at] === "\\" ? 2 : 1;
    if (cursor.at >= text.length) throw REFUSED;
    out += text.slice(from, cursor.at++).replaceAll(ESCAPE, (_, c: string) => SIGNS[c] ?? c);
  } while (cursor.eat("+"));
  return out;
}

function listAt(cursor: Cursor, depth: number): unknown[] {
  const items: unknown[] = [];
  cursor.members("]", () => {
    if (cursor.take(MORE) === null) items.push(valueAt(cursor, depth + 1));
  });
  return items;
}

function objectAt(cursor: Cursor, depth: number): Record<string, unknown> {
  const fields = Object.create(null) as Record<string, unknown>;
  cursor.members("}", () => {
    cursor.space();
    const quoted = cursor.sign !== "" && "'\"".includes(cursor.sign);
    const key = quoted ? stringAt(cursor) : cursor.take(KEY);
    if (key === null || !cursor.eat(":")) throw REFUSED;
    fields[key.replaceAll(/^\[|\]$/g, "")] = valueAt(cursor, depth + 1);
  });
  return fields;
}

/** An error with its stack, or anything else: up to the next key of the object around it, or its end. */
function opaqueAt(cursor: Cursor, read: number): string {
  const from = cursor.at - read;
  CLOSE.lastIndex = cursor.at;
  const found = CLOSE.exec(cursor.text);
  if (found === null || found.index - from > 100_000) throw REFUSED;
  cursor.at = found.index;
  return cursor.text.slice(from, found.index);
}

const MARK = /\[(?:Object|Array|Function[^\]\n]*|Getter[^\]\n]*|Circular[^\]\n]*|class [^\]\n]*|Symbol[^\]\n]*)\]/y;
const CLASS = /(?:<ref \*\d+> )?(?:\[?[A-Za-z][\w.]*\]?(?:\(\d+\))? (?:\[[\w ]+\] )?)?(?=\{)/y;
const WORD = /-?(?:\d[\d_.]*(?:e[+-]?\d+)?n?|null|undefined|true|false|NaN|Infinity)/y;
const ENDS = /^(?:[,\s\]}]|$)/;
const KEY = /[A-Za-z_$][\w$]*|\[[\w() .]+\]/y;
const MORE = /\.\.\. \d+ more items?/y;
const CLOSE = /,\n? *(?=[A-Za-z_$'[][\w$'\]]*: )|\n *(?=[}\]])| (?=\}(?:[,\s]|$))/g;
const ESCAPE = /\\([^])/g;
const SIGNS: Record<string, string> = { n: "\n", t: "\t", r: "\r" };
