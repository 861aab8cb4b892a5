import type { Token } from "./lex.ts";

/**
 * True when the sentence says that it happened: it is no question, condition, advice, plan or heading, and either the text
 * is known to tell of a failure, or a word of the line says so, or the line is nothing but this sentence.
 */
export function isSaidOfAFailure(
  line: string,
  tokens: readonly Token[],
  first: number,
  last: number,
  isOfAgents: boolean,
  isFailure: boolean,
): boolean {
  const start = tokens[first]!.start;
  const stop = line.lastIndexOf(". ", start);
  const [before, after] = [line.slice(Math.max(stop + 1, start - 120), start), line.slice(tokens[last]!.end)];
  if (
    SUPPOSED.test(before) ||
    ASKED.test(after) ||
    UNREAL.test(line) ||
    POSSIBLE.test(line.slice(start, tokens[last]!.end))
  )
    return false;
  if (!isFailure && CALM.test(line)) return false;
  return (
    isFailure ||
    alarms(line.slice(0, tokens[last]!.end)) ||
    (isOfAgents && AGENTIC.test(line) && wordsBefore(tokens, first) <= 2 && line.length < 400)
  );
}

/** Plain words before the sentence that are no part of a log's head. */
function wordsBefore(tokens: readonly Token[], first: number): number {
  let n = 0;
  for (const { is } of tokens.slice(0, first)) if (/^[a-z]/.test(is) && !HEAD.has(is)) n++;
  return n;
}

const HEAD = new Set(
  "warn warning error fatal err agent main root info worker thread pid tool level msg message".split(" "),
);

/** Words before a sentence that make it a supposition, advice or a plan. */
const SUPPOSED =
  /\b(?:(?<!(?:error|exception|failed|failure) )when|if|whether|unless|until|where|how|why|what|would|might|may|should|could be|can be|containing|matching|before|avoid|prevent|handles?|so that|in case|check|ensure|make sure|e\.g|such as|used to)\b[^\n]{0,90}$|\b(?:note|tip|hint|todo|plan|example):|\b(?:console|logger?|logging)\.\w{1,20}\(|^\s{0,4}(?:[-*+] |#{1,6} )?(?:fix|fixed|fixes|feat|docs?|tests?|chore|refactor|adds?|added|handles?|rename|explain|note|improved?|use|release|increase|raise|reduce|set|try|enable|configure|make|each|every)\b|->\s?[[{"]|\b(?:result|output|returned|content)["']?\s?[:=]\s?["']?[[{]/i;

const POSSIBLE = /\b(?:can|could|may|might|should|would) (?:also )?be\b/i;

const ASKED = /^\W{0,3}0\b|^[^\n]{0,200}(?:\?["']?\s{0,3}$|%[sdrv]\b|\$\{)/;

/** Lines of documents, programs and tests. */
const UNREAL =
  /^\s*(?:#{1,6} |\/\/|\/\*|\* |\| |[-*] (?!error)|--\s?\w|<!--|<\/?[a-z]+>|def |it\(|test\(|describe\(|class |import |export |return |const |let |var |usage:|(?:pip|brew|npm|apt|cargo|git|make|mypy): |\*\*)|\b(?:fall(?:ing|s)? back|downgrad\w+)\b|\bas expected\b|\b(?:normally|gracefully)\b|\b(?:usually|typically|often|generally) (?:means?|indicates?|happens)\b|\busing [^\n]{1,40} instead\b|\bis_?error["']?\s?[:=]\s?false|\bmypy\b|\berror(?:\[E\d+\]| TS\d+)|\[[a-z]+-[a-z]+\]\s*$|\b(?:0|no|without|zero) (?:errors?|failures?|exceptions?)\b|["'](?:errors?|error)["']: ?(?:null|\[\]|0|false)|\b(?:PASS(?:ED)?|✓|✔)\b/i;

/** Words that only those who build agents use. */
export const AGENTIC =
  /\btools?\b|\btool_|\bmcp\b|\bfunction[ _-]calls?\b|\bmodels?\b|\bproviders?\b|\btoken limit\b|\bcontext window\b|\bprompt tokens\b|\bllm\b|\bagent\b|\bstructured\b/i;

/** The head of a line that tells of a run's ordinary course. */
const CALM =
  /^[^\n]{0,60}\b(?:INFO|DEBUG|TRACE|NOTICE|VERBOSE)\b|["']?level["']?\s?[:=]\s?["']?(?:info|debug|trace)\b|^\[(?:info|debug|trace)\]/;

/** What makes a line the report of a failure, at the latest where the sentence ends. */
export function alarms(said: string): boolean {
  return LOUD.test(said) || ALARM.test(said);
}

const LOUD =
  /\b(?:ERRO?R?|FATAL|CRITICAL|PANIC|WARN(?:ING)?)\b|\w(?:Error|Exception|Failure)(?:[:(.\s]|$)|^\W{0,3}(?:llm|agent|tool|mcp|provider|model|warn|fail)\w{0,12}(?: stopped)?: /;
const ALARM =
  /\b(?:errors?|err|exception|fatal|failure|panic(?:ked)?|warning|warn|critical)(?:["']?\s?[:=(\])]| at\b| executing\b| calling\b| running\b)|\b(?:failed|cannot|could not|couldn['’]t|can['’]t|unable to)\b|^[^a-z]{0,20}\b(?:error|exception|failure|invalid|missing|unknown|unexpected)\b|[❌✖✗✘■⚠⎿]/i;
