import type { LogRecord } from "../records/records.ts";
import { isHarmless } from "../signatures/harmless.ts";
import { AGENT_WORDS } from "./agent-evidence.ts";

/** Literals that failures carry when no signature knows them: they bring the record to the table of the unclassified. */
export const FAILURE_LITERALS = [
  "error: ",
  "exception:",
  "traceback (most recent",
  " error ",
  "[error]",
  "fatal: ",
  "fatal error",
  '"fatal"',
  '"error",',
  '"level":50,"time"',
  '"level":60,"time"',
  "panic: ",
  "exception in",
  "unhandled",
  "level=error",
  "level=fatal",
];

/** The sentence that tells of the failure, or null when the record does not look like one. */
export function failureSentence(record: LogRecord): { message: string; lineIndex: number } | null {
  const strong = record.level === "error" || record.level === "fatal" || saysNo(record.fields);
  const text = record.text.slice(0, 64 * 1024);
  const lines = text.split("\n");
  if (TRACEBACK.test(text)) {
    for (let i = lines.length - 1; i >= 0; i--) if (FINAL.test(lines[i]!)) return { message: lines[i]!, lineIndex: i };
  }
  const first = lines.findIndex((l) => l.trim() !== "");
  if (first < 0) return null;
  const line = lines[first]!;
  if (strong) return { message: line, lineIndex: first };
  if (record.level === "warn" && AGENT_WORDS.test(line) && FAILING.test(line) && !MENDED.test(line))
    return { message: line, lineIndex: first };
  if (record.level !== null && record.level !== "warn") return null;
  const found = SENTENCE.exec(line);
  if (found === null || isHarmless(text, found.index, found.index + found[0].length) || NONE.test(line)) return null;
  return { message: line.slice(found.index), lineIndex: first };
}

/** The answer of a function as a line of JSON: it did not do what it should. */
function saysNo(fields: LogRecord["fields"]): boolean {
  return fields.ok === false || fields.success === false;
}

/** A warning about an agent's call is the only record that many have of its failure. */
const FAILING =
  /\b(?:failed|timed out|rejected|denied|refused|exceeded|cancelled|not found|unknown|could not|invalid|unavailable|missing|empty|truncated|no result)\b/i;

const MENDED =
  /\b(?:treating|using|retry\w*|fall(?:s|ing)? back|ignor\w+|skipp\w+|default\w*|instead|deprecated|(?:no|0|without|zero) (?:errors?|failures?))\b/i;

const TRACEBACK = /^[\s|+]*(?:Exception Group )?Traceback \(most recent call last\):|^\s{2,}at .+[:)]\d*/m;
const FINAL =
  /^[\s|]*(?:[A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt|Warning|Failure)|[a-z_][\w]*(?:\.[A-Za-z_]\w*)+)\b(?::|$)/;
const SENTENCE =
  /(?:^|[\s[(:>])(?:[A-Za-z_][\w.]*(?:Error|Exception)\b:? ?|(?:ERROR|FATAL|CRITICAL|Error|Fatal error|panic)\b\]?:? )/;
const NONE = /\b(?:no|0|without|zero) (?:errors?|failures?|exceptions?)\b/i;
