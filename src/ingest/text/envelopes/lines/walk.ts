import { readLevel, type Level } from "../level.ts";
import { timeAt } from "../time.ts";
import { isThread, readContext } from "./context.ts";

/** The head of a log line: what stands before the message. */
export interface Head {
  /** Where the message begins. */
  end: number;
  time: bigint | null;
  /** Date and clock were both there (a clock alone is weak evidence of a log line). */
  dated: boolean;
  level: Level;
  logger: string | null;
  fields: Record<string, string>;
}

/**
 * Walks the head of a line that begins with a time or a level, in the many orders that people give to
 * `%(asctime)s %(name)s %(levelname)s %(message)s` and its likes (log4j, Spring, winston's printf, Nest, celery).
 * Separators are blanks, ` - `, ` | `, `: ` and brackets. Null when it is no such line.
 */
export function walkHead(line: string): Head | null {
  const start = line.startsWith("[Nest] ") ? line.indexOf("- ", 7) + 2 : 0;
  if (start > 30 || start === 1) return null;
  return timeFirst(line, start) ?? levelFirst(line, start);
}

function timeFirst(line: string, start: number): Head | null {
  const opened = line.charAt(start) === "[" || line.charAt(start) === "(";
  const at = timeAt(line, start + (opened ? 1 : 0));
  if (at === null) return null;
  const dated = isDated(line, start);
  const next = line.charAt(at.end);
  if (next !== "" && !" \t]),:|".includes(next)) return null;
  const found = findLevel(line, at.end);
  if (found === null) {
    // Without a level only a full date makes a head.
    return dated ? { end: skipMark(line, at.end), time: at.time, dated, level: null, logger: null, fields: {} } : null;
  }
  const context = readContext(line, found.end, loggerOf(found.before));
  context.logger ??= tagOf(found.before);
  return { end: context.end, time: at.time, dated, level: found.level, ...rest(context) };
}

function levelFirst(line: string, start: number): Head | null {
  const level = levelAt(line, start);
  if (level === null) return null;
  const after = skipMark(line, level.end);
  const opened = line.charAt(after) === "[" || line.charAt(after) === "(";
  const at = timeAt(line, after + (opened ? 1 : 0));
  if (at === null) {
    // `[ERROR] message` is a head; `ERROR message` may be anybody's sentence.
    if (line.charAt(start) !== "[") return null;
    const context = readContext(line, level.end);
    return { end: context.end, time: null, dated: false, level: level.level, ...rest(context) };
  }
  if (!" \t]),:|".includes(line.charAt(at.end))) return null;
  const context = readContext(line, line.charAt(at.end) === "]" ? at.end + 1 : at.end);
  return { end: context.end, time: at.time, dated: isDated(line, after), level: level.level, ...rest(context) };
}

function rest(context: { logger: string | null; fields: Record<string, string> }) {
  return { logger: context.logger, fields: context.fields };
}

const isDated = (line: string, from: number): boolean => /^[[(]?\d{1,4}[-/]\d/.test(line.slice(from, from + 8));

/** The level within the first five words after the time, and the words before it (logger, thread, process). */
function findLevel(line: string, from: number): { level: Level; end: number; before: string[] } | null {
  const before: string[] = [];
  let at = from;
  for (let words = 0; words <= 4; words++) {
    SEPARATORS.lastIndex = at;
    SEPARATORS.test(line);
    at = SEPARATORS.lastIndex;
    const level = levelAt(line, at);
    if (level !== null) return isSentence(line, at, before) ? null : { ...level, before };
    WORD.lastIndex = at;
    const word = WORD.exec(line);
    if (word === null) return null;
    before.push(word[0]);
    at += word[0].length;
  }
  return null;
}

/** `agent failed: OpenAI API error: 401` and `tool x returned an error: text` are no heads: their `error` ends a sentence. */
function isSentence(line: string, at: number, before: readonly string[]): boolean {
  const words = before.filter((word) => /^[A-Za-z][\w-]*:?$/.test(word));
  return words.length > 1 && /^[a-z]/.test(line.slice(at, at + 1));
}

const SEPARATORS = /[ \t\]),:|–—·-]*/y;
const WORD = /\[[^[\]\n]{1,80}\]|\([^()\n]{1,80}\)|[\w.$<>@/#:-]{1,80}(?=[ \t|,]|$)/y;

/** Upper-case levels stand alone; others only in brackets or before a mark. Padding and a closing bracket belong to it. */
function levelAt(line: string, at: number): { level: Level; end: number } | null {
  LEVEL.lastIndex = at;
  const match = LEVEL.exec(line);
  if (match === null) return null;
  const [whole, open, name, close] = match;
  if ((open === "") !== (close === "") && open !== "") return null;
  const level = readLevel(name);
  if (level === null) return null;
  const upper = name === name!.toUpperCase();
  if (!upper && open === "" && !/^(?::[ \t]|[ \t]+[-|][ \t]|\t| {2,})/.test(line.slice(at + name!.length, at + 20))) {
    return null;
  }
  const end = at + (open === "" ? name!.length : whole!.length);
  // celery: `[2026-11-24 10:00:00,123: ERROR/MainProcess] text`
  const process = /^\/[\w-]{1,40}\]/.exec(line.slice(end, end + 44));
  return { level, end: process === null ? end : end + process[0].length };
}

const LEVEL = /([[(<]?)([A-Za-z]{3,13})(?![\w.])(?: *([\])>])|)/y;

function loggerOf(words: readonly string[]): string | null {
  const isName = (word: string) => /^[A-Za-z_$][\w.$/-]*$/.test(word) && !/^(?:MainThread|Thread-\w+)$/.test(word);
  return words.find(isName) ?? null;
}

/** `[MCP][server] ERROR: text`: a tag before the level names who speaks, where nothing else does. */
function tagOf(words: readonly string[]): string | null {
  const tag = words.find((word) => /^\[[A-Za-z][\w.-]*\]$/.test(word) && !isThread(word.slice(1, -1)));
  return tag?.slice(1, -1) ?? null;
}

/** Past the mark between time and message. */
function skipMark(line: string, from: number): number {
  MARK.lastIndex = from;
  MARK.test(line);
  return MARK.lastIndex;
}

const MARK = /[\])]?:?[ \t]*(?:[-|–—][ \t]+)?/y;
