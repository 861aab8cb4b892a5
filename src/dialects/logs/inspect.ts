/** A value as Node's `util.inspect` prints it, as JSON values; what is no literal (errors, functions, `[Object]`) is kept as its text. */
export function parseInspect(text: string, start: number): { value: unknown; end: number } | null {
  const reader = createReader(text, start);
  try {
    const value = reader.value(0);
    return { value, end: reader.position() };
  } catch (error) {
    if (error === REFUSED) return null;
    throw error;
  }
}

const REFUSED = new Error("no inspected value");
const MAX_DEPTH = 32;
const WORDS = new Map<string, unknown>([
  ["null", null],
  ["undefined", undefined],
  ["true", true],
  ["false", false],
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
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  }

  function value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw REFUSED;
    space();
    const sign = text[at] ?? "";
    if ("'\"`".includes(sign) && sign !== "") return string();
    if (sign === "[" && sticky(MARK) === null) return list(depth);
    sticky(CLASS);
    if (text[at] === "{") return object(depth);
    const word = sticky(WORD);
    if (word !== null && ENDS.test(text.slice(at, at + 1)))
      return WORDS.has(word) ? WORDS.get(word) : Number(word.replace(/n$/, ""));
    return opaque(word?.length ?? 0);
  }

  /** Strings too long for a line are printed in parts with a plus between them. */
  function string(): string {
    let out = "";
    do {
      space();
      const quote = text[at];
      if (quote === undefined || !"'\"`".includes(quote)) throw REFUSED;
      const from = ++at;
      while (at < text.length && text[at] !== quote) at += text[at] === "\\" ? 2 : 1;
      if (at >= text.length) throw REFUSED;
      out += text.slice(from, at++).replaceAll(ESCAPE, (_, c: string) => SIGNS[c] ?? c);
    } while (eat("+"));
    return out;
  }

  function list(depth: number): unknown[] {
    at++;
    const items: unknown[] = [];
    while (!eat("]")) {
      if (sticky(MORE) === null) items.push(value(depth + 1));
      if (!eat(",")) {
        if (!eat("]")) throw REFUSED;
        break;
      }
    }
    return items;
  }

  function object(depth: number): Record<string, unknown> {
    at++;
    const fields = Object.create(null) as Record<string, unknown>;
    while (!eat("}")) {
      space();
      const key = "'\"".includes(text[at] ?? " ") ? string() : sticky(KEY);
      if (key === null || !eat(":")) throw REFUSED;
      fields[key.replaceAll(/^\[|\]$/g, "")] = value(depth + 1);
      if (!eat(",")) {
        if (!eat("}")) throw REFUSED;
        break;
      }
    }
    return fields;
  }

  /** An error with its stack, or anything else: up to the next key of the object around it, or its end. */
  function opaque(read: number): string {
    const from = at - read;
    CLOSE.lastIndex = at;
    const found = CLOSE.exec(text);
    if (found === null || found.index - from > 100_000) throw REFUSED;
    at = found.index;
    return text.slice(from, at);
  }

  return { value, position: () => at };
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
