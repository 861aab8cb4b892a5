/** What may stand between the level and the message. */
export interface Context {
  /** Where the message begins. */
  end: number;
  logger: string | null;
  fields: Record<string, string>;
}

/**
 * Reads the logger, file, thread and `[key=value]` groups after a level. A word is a logger where a mark follows it
 * (`name: `, `name - `, `name | `), where it is dotted, or where it is a library's well-known logger; else it is text.
 * `logger` is the one that stood before the level: then there is no other.
 */
export function readContext(line: string, from: number, logger: string | null = null): Context {
  const context: Walked = { end: skipMark(line, from), logger, fields: {}, threads: false };
  for (let groups = 0; groups < 6; groups++) {
    if (!takeGroup(line, context) && !takeLocation(line, context) && !takeLogger(line, context)) break;
  }
  return context;
}

interface Walked extends Context {
  /** Spring's brackets hold the application and the thread. */
  threads: boolean;
}

function takeGroup(line: string, context: Walked): boolean {
  if (line.charAt(context.end) !== "[") return false;
  GROUP.lastIndex = context.end;
  const match = GROUP.exec(line);
  if (match === null) return false;
  const words = match[1]!.trim().split(" ");
  if (words.every((word) => /^[\w.]+=/.test(word))) {
    for (const word of words) {
      const cut = word.indexOf("=");
      context.fields[word.slice(0, cut)] = word.slice(cut + 1);
    }
  } else if (words.length > 1 || !/^[\w.$:/<>@#-]+$/.test(words[0]!) || isTag(line, match, context)) {
    return false;
  } else if (context.logger === null && !context.threads && /^[A-Za-z_][\w.$/-]*$/.test(words[0]!)) {
    context.logger = words[0]!;
  }
  context.end = skipMark(line, context.end + match[0].length);
  return true;
}

/**
 * `[MCP][server] text`, `[MCP] text`, and a word after the logger that is neither thread, process nor place: the writer's
 * own words, and part of the message.
 */
function isTag(line: string, match: RegExpExecArray, { logger, threads }: Walked): boolean {
  const [whole, word] = [match[0], match[1]!.trim()];
  if (threads || isThread(word)) return false;
  return logger !== null || line.charAt(match.index + whole.length) === "[" || /^[A-Z]{2,5}$/.test(word);
}

/** Threads, numbers, ids and places in the source. */
export const isThread = (word: string): boolean => THREAD.test(word);

const THREAD = /^(?:\d.*|main|MainThread|.*[Tt]hread.*|[\w.-]*-\d+|[0-9a-f-]{8,}|.*:\d+)$/;

const GROUP = /\[ *([^[\]\n]{1,200})\](?=[ \t:[]|$)/y;

/** `file.py:12`, `(file.py:12)`, `name:file.py:12`, `name:func:12 -`, Spring's `1234 ---`. */
function takeLocation(line: string, context: Walked): boolean {
  LOCATION.lastIndex = context.end;
  const match = LOCATION.exec(line);
  if (match === null) return false;
  const logger = match[1] ?? match[2];
  if (logger !== undefined) context.logger ??= logger;
  context.threads ||= match[0].endsWith("---");
  context.end = skipMark(line, context.end + match[0].length);
  return true;
}

const FILE = String.raw`[\w./\\-]{1,100}\.(?:py|js|ts|mjs|cjs|go|java|kt|rb|rs):\d+`;
const LOCATION = new RegExp(
  String.raw`\(${FILE}\)|(?:([A-Za-z_][\w.]{0,80}):)?${FILE}(?=[:\s]|$)|([A-Za-z_][\w.]{0,80}):[\w<>.]{0,80}:\d+(?=\s+[-|]\s)|[\w<>]{1,80}:\d+(?=\s+[-|]\s)|\d{1,7} +---(?= )`,
  "y",
);

function takeLogger(line: string, context: Walked): boolean {
  if (context.logger !== null) return false;
  LOGGER.lastIndex = context.end;
  const match = LOGGER.exec(line);
  if (match === null) return false;
  const [whole, name, mark] = match;
  if (!isLogger(name!, mark!)) return false;
  context.logger = name!;
  context.end = skipMark(line, context.end + name!.length);
  return whole !== "";
}

const LOGGER = /([A-Za-z_][\w.$/-]{0,100})(:(?=[ \t]|$)|[ \t]+[-|:](?=[ \t])|[ \t])/y;

/** `TypeError: x` after a level is the message: a name whose last part is capitalised is no logger before a colon. */
function isLogger(name: string, mark: string): boolean {
  if (name.endsWith(".")) return false;
  const last = name.slice(name.lastIndexOf(".") + 1);
  const lower = /^[a-z_]/.test(last) && /^[a-z_]/.test(name);
  if (mark === ":") return lower;
  if (mark.length > 1) return true;
  return lower && (KNOWN.has(name) || /^[a-z_]\w*(?:\.[a-z_]\w*)+$/.test(name));
}

/** Loggers of one word of libraries that agents are built with. */
const KNOWN = new Set(
  (
    "httpx httpx2 httpcore httpcore2 openai anthropic asyncio autogen_core autogen_agentchat autogen_ext autogen ag2 mcp uvicorn " +
    "gunicorn fastapi langchain langgraph langsmith crewai litellm smolagents root __main__ urllib3 aiohttp agents pydantic_ai " +
    "llama_index chromadb celery django flask werkzeug sqlalchemy opentelemetry google_genai google_adk semantic_kernel agno dspy"
  ).split(" "),
);

function skipMark(line: string, from: number): number {
  MARK.lastIndex = from;
  MARK.test(line);
  return MARK.lastIndex;
}

const MARK = /[\])]?:?[ \t]*(?:[-|:–—][ \t]+)?/y;
