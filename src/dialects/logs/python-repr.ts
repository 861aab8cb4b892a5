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
  const reader = createReader(text, start);
  try {
    const value = reader.value(0);
    return { value, end: reader.position() };
  } catch (error) {
    if (error === REFUSED) return null;
    throw error;
  }
}

const REFUSED = new Error("no Python literal");
const MAX_DEPTH = 64;
const WORDS = new Map<string, Python>([
  ["None", null],
  ["True", true],
  ["False", false],
  ["nan", "nan"],
  ["inf", "inf"],
]);

function createReader(text: string, start: number) {
  let at = start;

  function space(): void {
    while (at < text.length && " \n\r\t".includes(text[at]!)) at++;
  }

  function eat(sign: string): boolean {
    space();
    if (!text.startsWith(sign, at)) return false;
    at += sign.length;
    return true;
  }

  function sticky(pattern: RegExp): string | null {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return null;
    at = pattern.lastIndex;
    return found[0];
  }

  function value(depth: number): Python {
    if (depth > MAX_DEPTH) throw REFUSED;
    space();
    const sign = text[at] ?? "";
    if (sign === "[" || sign === "(") return list(depth, sign === "[" ? "]" : ")");
    if (sign === "{") return dict(depth);
    if (sign === "<") return opaque();
    const opening = sticky(STRING_START);
    if (opening !== null) return string(opening);
    const number = sticky(NUMBER);
    if (number !== null) return Number.isSafeInteger(Number(number)) || /[.e]/i.test(number) ? Number(number) : number;
    const name = sticky(NAME);
    if (name === null) throw REFUSED;
    return text[at] === "(" ? call(name, depth) : WORDS.has(name) ? WORDS.get(name)! : name;
  }

  function list(depth: number, closing: string): Python[] {
    at++;
    const items: Python[] = [];
    while (!eat(closing)) {
      items.push(value(depth + 1));
      if (!eat(",")) {
        if (!eat(closing)) throw REFUSED;
        break;
      }
    }
    return items;
  }

  /** A dict or a set; a set is given as a list. */
  function dict(depth: number): PythonDict | Python[] {
    at++;
    const fields = Object.create(null) as PythonDict;
    const members: Python[] = [];
    while (!eat("}")) {
      const key = value(depth + 1);
      if (eat(":")) fields[typeof key === "string" ? key : JSON.stringify(key)] = value(depth + 1);
      else members.push(key);
      if (!eat(",")) {
        if (!eat("}")) throw REFUSED;
        break;
      }
    }
    return members.length > 0 ? members : fields;
  }

  function call(name: string, depth: number): PythonCall {
    at++;
    const made = new PythonCall(name);
    while (!eat(")")) {
      space();
      const key = sticky(KEYWORD);
      if (key === null) made.args.push(value(depth + 1));
      else made.fields[key.slice(0, -1)] = value(depth + 1);
      if (!eat(",")) {
        if (!eat(")")) throw REFUSED;
        break;
      }
    }
    return made;
  }

  /** `<Color.RED: 1>`, `<object at 0x7f>`: kept as text. */
  function opaque(): string {
    const from = at;
    for (let depth = 0; at < text.length && at - from < 10_000; at++) {
      if (text[at] === "<") depth++;
      else if (text[at] === ">" && --depth === 0) return text.slice(from, ++at);
    }
    throw REFUSED;
  }

  function string(opening: string): string {
    const quote = opening.replace(/^[a-z]+/i, "");
    const raw = /r/i.test(opening.slice(0, -quote.length));
    let out = "";
    let from = at;
    for (;;) {
      const sign = text[at];
      if (sign === undefined) throw REFUSED;
      if (text.startsWith(quote, at)) break;
      if (sign === "\\" && !raw) {
        out += text.slice(from, at);
        const escape = sticky(ESCAPE) ?? text[at++]!;
        out += unescape(escape);
        from = at;
      } else at += sign === "\\" ? 2 : 1;
    }
    out += text.slice(from, at);
    at += quote.length;
    return out;
  }

  return { value, position: () => at };
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
