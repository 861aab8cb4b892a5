import type { Classifier, Signature } from "../records/classifier.ts";
import type { Literals, Prefilter } from "../records/prefilter.ts";
import type { Facts } from "../records/finding.ts";
import type { Text } from "../records/text.ts";
import { isSourceLine } from "./excerpt.ts";
import { openClauses } from "./clauses/match.ts";
import { isChore, isHarmless, isQuotedLine } from "./harmless.ts";
import { resultAllows } from "./result-form.ts";

/** A signature that matched a text. `start` and `end` are UTF-16 offsets in `body`, the text that was matched. */
export interface Match {
  classifier: Classifier;
  signature: Signature;
  facts: Facts;
  body: string;
  start: number;
  end: number;
}

export interface Matcher {
  /** Every match of every signature whose literal occurs in the text, by weight, then by place. */
  match(text: Text): Match[];
}

/** Longest text that is matched; of a longer one the head and the tail. A cap bounds what a polynomial pattern can cost. */
const CAP = 128 * 1024;

export function createMatcher(
  classifiers: readonly Classifier[],
  literals: Literals,
  prefilter: () => Prefilter,
): Matcher {
  const table = indexByLiteral(classifiers, literals);
  const compiled = new Map<Signature, RegExp>();
  const scan = literalScan(prefilter);
  const plainWords = openClauses(classifiers);

  function match(text: Text): Match[] {
    const body = text.text.length > CAP ? `${text.text.slice(0, CAP / 2)}\n${text.text.slice(-CAP / 2)}` : text.text;
    const hits = text.hits ?? scan(body);
    const [entries, general] = [new Set<Entry>(), new Set<Entry>()];
    for (const hit of hits)
      for (const entry of table.get(hit) ?? [])
        if (entry.signature.in.includes(text.place)) (entry.signature.lastResort ? general : entries).add(entry);
    let found = tryAll(entries, body, text, text.flagged);
    // a scanner looks for no general words
    if (text.hits === null && found.every(({ signature }) => signature.weight === 0))
      found.push(...tryAll(general, body, text, text.flagged));
    if (text.hits === null && found.every(isWrapper)) {
      const said = plainWords(text, body) ?? (body.includes("\\") ? plainWords(text, unescaped(body)) : null);
      if (said !== null) found.push(said);
    }
    // one signature at its start says that the result is an error: then its other words count wherever they stand
    if (text.place === "tool-result" && text.flagged !== true && found.length > 0)
      found = tryAll(entries.union(general), body, text, true);
    return found.sort((a, b) => b.signature.weight - a.signature.weight || a.start - b.start);
  }

  function tryAll(entries: Iterable<Entry>, body: string, text: Text, flagged: boolean | null): Match[] {
    const found: Match[] = [];
    let again: string | null = null;
    for (const entry of entries) {
      let one = tryOn(entry, body, text, flagged);
      if (one === null && body.includes("\\")) one = tryOn(entry, (again ??= unescaped(body)), text, flagged);
      if (one !== null) found.push(one);
    }
    return found;
  }

  function tryOn({ classifier, signature }: Entry, body: string, text: Text, flagged: boolean | null): Match | null {
    let regex = compiled.get(signature);
    if (regex === undefined) compiled.set(signature, (regex = new RegExp(signature.pattern!, `${signature.flags}g`)));
    regex.lastIndex = 0;
    let inSource: Match | null = null;
    for (let m = regex.exec(body), tries = 0; m !== null && tries < 20; m = regex.exec(body), tries++) {
      if (m[0] === "") break;
      const [start, end] = [m.index, m.index + m[0].length];
      if (text.place === "tool-result" && !resultAllows(signature, flagged, body, start)) continue;
      if (text.place === "log" && isHarmless(body, start, end, body === text.text ? text.breaks : [])) continue;
      if (text.place === "log" && signature.lastResort && isQuotedLine(body, text.text, start)) continue;
      if ((text.place === "log" || text.place === "exception") && isChore(body, start)) continue;
      const one = { classifier, signature, facts: factsOf(signature, m), body, start, end };
      // the line of source that a stack shows has the message's template: the message itself comes after it
      if (!isSourceLine(body, start)) return one;
      inSource ??= one;
    }
    return inSource;
  }

  return { match };
}

/** What says that something failed and leaves open what: the words that it wraps say more. */
function isWrapper({ classifier, signature }: Match): boolean {
  return signature.weight === 0 && WRAPPERS.has(classifier.id);
}

const WRAPPERS = new Set([
  "execution/tool-raised",
  "mcp/server-error",
  "result/masked-error",
  "arguments/validation-failed",
]);

interface Entry {
  classifier: Classifier;
  signature: Signature;
}

function indexByLiteral(classifiers: readonly Classifier[], literals: Literals): Map<number, Entry[]> {
  const table = new Map<number, Entry[]>();
  for (const classifier of classifiers) {
    for (const signature of classifier.signatures) {
      if (signature.pattern === null) continue;
      for (const literal of signature.literals) {
        const id = literals.id(literal);
        if (id === undefined) continue;
        const list = table.get(id);
        if (list === undefined) table.set(id, [{ classifier, signature }]);
        else if (list.at(-1)?.signature !== signature) list.push({ classifier, signature });
      }
    }
  }
  return table;
}

/** The literals in a text that no scanner has seen (spans, results): the same engine over its bytes. */
function literalScan(open: () => Prefilter): (text: string) => ReadonlySet<number> {
  const encoder = new TextEncoder();
  let buffer = new Uint8Array(64 * 1024);
  let prefilter: Prefilter | null = null; // many logs are read without a single text that no scanner has seen
  return (text) => {
    prefilter ??= open();
    if (text.length * 3 > buffer.length) buffer = new Uint8Array(text.length * 3);
    const { written } = encoder.encodeInto(text, buffer);
    const hits = new Set<number>();
    prefilter.scan(buffer, 0, written, (_, literal) => hits.add(literal));
    return hits;
  };
}

function factsOf(signature: Signature, match: RegExpExecArray): Facts {
  const facts: Facts = { ...signature.facts };
  for (const [name, value] of Object.entries(match.groups ?? {})) {
    const clean = (value !== undefined && NAMES.test(name) ? withoutEscape(value, match) : value)?.trim();
    // `tool2`, `tool3`: the same fact captured in another branch of an alternation
    if (clean) facts[name.replace(/\d+$/, "") as keyof Facts] = clean;
  }
  return facts;
}

const NAMES = /^(?:tool|argument)\d*$/;

/** In JSON inside of JSON a word that begins a line has the `n` of `\\n` before it. */
function withoutEscape(value: string, { 0: whole, index, input }: RegExpExecArray): string {
  const at = index + whole.indexOf(value);
  return /^[nrt]\w/.test(value) && input[at - 1] === "\\" ? value.slice(1) : value;
}

/** A JSON string or Python repr inside the text, read once more: its quotes and newlines are those of the message again. */
function unescaped(text: string): string {
  return text.replaceAll(/\\+(["'nt/])/g, (_, c: string) => (c === "n" ? "\n" : c === "t" ? "\t" : c));
}
