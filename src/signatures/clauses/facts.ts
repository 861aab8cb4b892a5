import type { Facts } from "../../records/finding.ts";
import type { Token } from "./lex.ts";
import type { Rule } from "./rules.ts";

/** What a sentence names: each fact is the name, number or type that stands next to the words that ask for it. */
export function factsOf(rule: Rule, tokens: readonly Token[], first: number, last: number): Facts {
  const facts: Facts = {};
  for (const { fact, of, find } of FINDERS) {
    if (!of.test(rule.cause) || facts[fact] !== undefined) continue;
    const value = find(tokens, first, last);
    if (value !== null) facts[fact] = value;
  }
  if (rule.tail !== undefined && facts[rule.tail] === undefined) {
    const value = tailOf(tokens, last);
    if (value !== null) facts[rule.tail] = value;
  }
  return facts;
}

interface Finder {
  fact: "tool" | "argument" | "limit" | "model" | "expected" | "received" | "providerStatus";
  of: RegExp;
  find: (tokens: readonly Token[], first: number, last: number) => string | null;
}

const OF_A_CALL = /^(?:registration|schema|arguments|execution|result|model\/call|flow\/loop|mcp\/timeout)/;

const FINDERS: Finder[] = [
  { fact: "tool", of: OF_A_CALL, find: (t) => named(t, TOOL_WORDS, "NAME") },
  { fact: "tool", of: OF_A_CALL, find: (t) => keyed(t, /^(?:tool|tool_?name|function|function_name)$/i) },
  { fact: "tool", of: OF_A_CALL, find: (t) => behind(t, /^(?:executing|running|calling|invoking|for)$/) },
  { fact: "tool", of: OF_A_CALL, find: plainName },
  {
    fact: "tool",
    of: /^(?:execution|flow\/loop|arguments\/unexpected)/,
    find: (t, first) => (t[first]?.is === "NAME" ? t[first].raw : null),
  },
  { fact: "argument", of: /^arguments\//, find: (t) => named(t, ARG_WORDS, "NAME") },
  { fact: "argument", of: /^arguments\//, find: (t) => behind(t, /^(?:at|argument|field|parameter)$/) },
  { fact: "argument", of: /^arguments\//, find: beforePredicate },
  {
    fact: "expected",
    of: /^arguments\/(?:wrong|invalid|validation)/,
    find: (t) => behindType(t, /^(?:MUST|expected|into)$/),
  },
  { fact: "expected", of: /^arguments\/wrong/, find: (t) => t.find(({ is }) => is === "TYPE")?.raw ?? null },
  { fact: "limit", of: /timeout$|too-large$|overflow$|limit|invalid-value$|rate-limited$/, find: limitOf },
  { fact: "model", of: /^(?:model|provider)\//, find: (t) => named(t, /^MODEL$/, "NAME") },
];

const TOOL_WORDS = /^(?:TOOL|CALL|TOOLNAME|HANDLER)$/;
const ARG_WORDS = /^(?:ARGS|FIELD)$/;
const TOOL_LINKS = /^(?::|SIGN|named|called|name|for|HANDLER|CALL|TOOL|with|execution|KEY)$/;
const LINKS = /^(?::|SIGN|named|called|name|NUM)$/;

/** The first name beside a word: behind it, or right before it. */
function named(tokens: readonly Token[], word: RegExp, kind: string): string | null {
  for (let i = 0; i < tokens.length; i++) {
    if (!word.test(tokens[i]!.is)) continue;
    for (let j = i + 1; j < tokens.length && j <= i + 3; j++) {
      if (tokens[j]!.is === kind) return tokens[j]!.raw;
      if (!(word === TOOL_WORDS ? TOOL_LINKS : LINKS).test(tokens[j]!.is)) break;
    }
    if (tokens[i - 1]?.is === kind && isQuotedOrCode(tokens[i - 1]!)) return tokens[i - 1]!.raw;
  }
  return null;
}

/** The value of a JSON member, or what stands behind `tool=`. */
function keyed(tokens: readonly Token[], key: RegExp): string | null {
  for (let i = 0; i + 2 < tokens.length; i++)
    if (key.test(tokens[i]!.raw) && tokens[i + 1]!.is === ":" && tokens[i + 2]!.is === "NAME")
      return tokens[i + 2]!.raw;
  return null;
}

function behind(tokens: readonly Token[], word: RegExp): string | null {
  const at = tokens.findIndex(({ is }, i) => word.test(is) && tokens[i + 1]?.is === "NAME");
  return at < 0 ? null : tokens[at + 1]!.raw;
}

function behindType(tokens: readonly Token[], word: RegExp): string | null {
  for (let i = 0; i < tokens.length; i++)
    if (word.test(tokens[i]!.is)) for (const t of tokens.slice(i + 1, i + 4)) if (t.is === "TYPE") return t.raw;
  return null;
}

/** `Tool lookup timed out`: a word without quotes between the tool and what befell it. */
function plainName(tokens: readonly Token[]): string | null {
  const at = tokens.findIndex(
    ({ is }, i) => is === "TOOL" && /^[a-z]/.test(tokens[i + 1]?.is ?? "") && /^[A-Z]{4}/.test(tokens[i + 2]?.is ?? ""),
  );
  const word = tokens[at + 1];
  return at < 0 || word === undefined || PLAIN.has(word.is) ? null : word.raw;
}

const PLAIN = new Set(
  "for in of by with and or at on from as it not returned call result results could can did does must should module handler handlers executor will which you".split(
    " ",
  ),
);

/** `'title' must be`, `query is required`: the name right before what befell it. */
function beforePredicate(tokens: readonly Token[]): string | null {
  for (let i = 1; i < tokens.length; i++)
    if (/^(?:MISSING|MUST|EXCEED|INVALID|NOTYPE)$/.test(tokens[i]!.is) && tokens[i - 1]!.is === "NAME")
      return tokens[i - 1]!.raw;
  const required = tokens.findIndex(({ is, raw }) => is === "MISSING" && /required|missing$/i.test(raw));
  const word = tokens[required - 1];
  if (word !== undefined && /^[a-z]/.test(word.is) && tokens[required - 2]?.is === ":") return word.raw;
  const missing = tokens.findIndex(({ is }) => /^(?:MISSING|UNEXPECTED|NOTACCEPT)$/.test(is));
  return missing >= 0 ? (tokens.slice(missing + 1, missing + 4).find(({ is }) => is === "NAME")?.raw ?? null) : null;
}

function limitOf(tokens: readonly Token[]): string | null {
  for (let i = 0; i < tokens.length; i++)
    if (/^(?:EXCEED|TIMEOUT|limit|maximum|max|STEP|RATE|after|within|than)$/.test(tokens[i]!.is))
      for (const t of tokens.slice(i + 1, i + 5)) if (t.is === "NUM") return t.raw.replaceAll(/[,_]/g, "");
  return null;
}

/** The name, or the single word, behind the last colon that follows the sentence. */
function tailOf(tokens: readonly Token[], last: number): string | null {
  const colon = tokens.findIndex(({ is }, i) => i >= last && is === ":");
  const word = tokens[colon + 1];
  if (colon < 0 || word === undefined) return null;
  return word.is === "NAME" || (/^[a-z]/.test(word.is) && colon + 2 >= tokens.length) ? word.raw : null;
}

function isQuotedOrCode({ raw, start, end }: Token): boolean {
  return end - start > raw.length || /[_.]|[a-z][A-Z]/.test(raw);
}
