import { type Cursor, readPrinted, REFUSED } from "./cursor.ts";

/** A value printed by Python's repr(): literals as JSON values, `Name(arg, key=value)` as a Call, anything else as its text. */
export type Python = null | boolean | number | string | Python[] | PythonDict | PythonCall;
export interface PythonDict {
  [key: string]: Python;
}

/** An object's repr: dataclasses, pydantic models, exceptions, sets, datetimes. */
export class PythonCall {
  readonly name: string;
  readonly args: Python[] = [];
  readonly fields: PythonDict = Object.create(null) as PythonDict;
  constructor(name: string) {
    this.name = name;
  }
}

/** Reads one value at `start`; null when there is none. Never evaluates, never throws; nesting deeper than 64 is refused. */
export function parsePython(text: string, start = 0): { value: Python; end: number } | null {
  return readPrinted(text, start, (cursor) => valueAt(cursor, 0));
}

const MAX_DEPTH = 64;
const WORDS = new Map<string, Python>([
  ["None", null],
  ["True", true],
  ["False", false],
  ["nan", "nan"],
  ["inf", "inf"],
]);

function valueAt(cursor: Cursor, depth: number): Python {
  if (depth > MAX_DEPTH) throw REFUSED;
  cursor.space();
  const { sign } = cursor;
  if (sign === "[" || sign === "(") return listAt(cursor, depth, sign === "[" ? "]" : ")");
  if (sign === "{") return dictAt(cursor, depth);
  if (sign === "<") return opaqueAt(cursor);
  const opening = cursor.take(STRING_START);
  if (opening !== null) return stringAt(cursor, opening);
  const number = cursor.take(NUMBER);
  if (number !== null) return Number.isSafeInteger(Number(number)) || /[.e]/i.test(number) ? Number(number) : number;
  const name = cursor.take(NAME);
  if (name === null) throw REFUSED;
  return cursor.sign === "(" ? callAt(cursor, name, depth) : WORDS.has(name) ? WORDS.get(name)! : name;
}

function listAt(cursor: Cursor, depth: number, closing: string): Python[] {
  const items: Python[] = [];
  cursor.members(closing, () => items.push(valueAt(cursor, depth + 1)));
  return items;
}

/** A dict or a set; a set is given as a list. */
function dictAt(cursor: Cursor, depth: number): PythonDict | Python[] {
  const fields = Object.create(null) as PythonDict;
  const members: Python[] = [];
  cursor.members("}", () => {
    const key = valueAt(cursor, depth + 1);
    if (cursor.eat(":")) fields[typeof key === "string" ? key : JSON.stringify(key)] = valueAt(cursor, depth + 1);
    else members.push(key);
  });
  return members.length > 0 ? members : fields;
}

function callAt(cursor: Cursor, name: string, depth: number): PythonCall {
  const made = new PythonCall(name);
  cursor.members(")", () => {
    cursor.space();
    const key = cursor.take(KEYWORD);
    if (key === null) made.args.push(valueAt(cursor, depth + 1));
    else made.fields[key.slice(0, -1)] = valueAt(cursor, depth + 1);
  });
  return made;
}

/** `<Color.RED: 1>`, `<object at 0x7f>`: kept as text. */
function opaqueAt(cursor: Cursor): string {
  const from = cursor.at;
  for (let depth = 0; cursor.at < cursor.text.length && cursor.at - from < 10_000; cursor.at++) {
    if (cursor.sign === "<") depth++;
    else if (cursor.sign === ">" && --depth === 0) return cursor.text.slice(from, ++cursor.at);
  }
  throw REFUSED;
}

function stringAt(cursor: Cursor, opening: string): string {
  const { text } = cursor;
  const quote = opening.replace(/^[a-z]+/i, "");
  const raw = /r/i.test(opening.slice(0, -quote.length));
  let out = "";
  let from = cursor.at;
  while (!text.startsWith(quote, cursor.at)) {
    const { sign } = cursor;
    if (sign === "") throw REFUSED;
    if (sign === "\\" && !raw) {
      out += text.slice(from, cursor.at);
      const escape = cursor.take(ESCAPE) ?? text[cursor.at++]!;
      out += unescape(escape);
      from = cursor.at;
    } else cursor.at += sign === "\\" ? 2 : 1;
  }
  out += text.slice(from, cursor.at);
  cursor.at += quote.length;
  return out;
}

const STRING_START = /(?:[rbuf]|br|rb|fr|rf)?(?:"""|'''|"|')/iy;
const NUMBER = /[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:e[-+]?\d+)?j?(?![\w])/iy;
const NAME = /[A-Za-z_][\w.]*/y;
const KEYWORD = /[A-Za-z_]\w*=(?!=)/y;
const ESCAPE = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|[^])/y;
const SIGNS: Record<string, string> = { n: "\n", t: "\t", r: "\r", a: "\x07", b: "\b", f: "\f", v: "\v", "\n": "" };

function unescape(escape: string): string {
  const body = escape.slice(1);
  const kind = body[0] ?? "";
  if (body.length > 1 && "xuU".includes(kind)) {
    const code = Number.parseInt(body.slice(1), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
  }
  if (kind >= "0" && kind <= "7") return String.fromCharCode(Number.parseInt(body, 8));
  return SIGNS[kind] ?? body;
}
