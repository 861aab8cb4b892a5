import { firstKind } from "./envelope.ts";
import { glog, pytest, pythonBasic } from "./lines/python.ts";
import { pinoPretty } from "./lines/pino-pretty.ts";
import { richHead } from "./lines/rich.ts";
import { structlogConsole } from "./lines/structlog.ts";
import { uvicorn } from "./lines/uvicorn.ts";
import { walkHead } from "./lines/walk.ts";

/** True for a line (ANSI stripped) that can only be the start of a record, whatever came before it. */
export function startsRecord(line: string): boolean {
  const head = line.length > LONGEST ? line.slice(0, LONGEST) : line;
  if (head.includes("Warning: ") && PYTHON_WARNING.test(head)) return true;
  switch (firstKind(head)) {
    case "{":
      return JSON_LINE.test(head) || (line.length > LONGEST && JSON_KEY.test(line.slice(-LONGEST)));
    case "digit":
      return walkHead(head) !== null;
    case "[":
      return walkHead(head) !== null || [pinoPretty, structlogConsole].some((form) => form.peel(head) !== null);
    case "upper":
      return (
        (UPPER.test(head) &&
          [pythonBasic, uvicorn, pytest, glog, pinoPretty].some((form) => form.peel(head) !== null)) ||
        walksFromLevel(head) ||
        richHead(head) !== null ||
        AG2_HEAD.test(head)
      );
    case "lower":
      return LOGFMT.test(head) || AG2_HEAD.test(head);
    case " ":
      return richHead(head) !== null;
    case "<":
      return SYSLOG.test(head);
    default:
      return BLOCKS.some((block) => block.test(head));
  }
}

const LONGEST = 600;
const JSON_KEY =
  /"(?:level|levelname|severity|log\.level|time|timestamp|@timestamp|ts|asctime|event|msg|@t|log|MESSAGE|delivery_stage)": ?["\d{]/;
const JSON_LINE = new RegExp(
  String.raw`^\{(?:.*${JSON_KEY.source}|"type": "(?:LLM|ToolCall|Message)|"tools": \[|"payload": ")`,
);
const UPPER = /^(?:[A-Z]{4,8}|Level \d+|[IWEF]\d{4}) ?[: [\d]/;
const LOGFMT = /^(?:time|ts|timestamp|level|lvl|t)=\S/;
const SYSLOG = /^<\d{1,3}>(?:1 |[A-Z][a-z]{2} )/;
const AG2_HEAD = /^\S[^()]{0,80} \(to [^()]{1,80}\):$/;

const walksFromLevel = (head: string): boolean => /^[A-Z]{4,8}[ \t]/.test(head) && walkHead(head) !== null;

/** `/app/run.py:28: RuntimeWarning: text`. */
const PYTHON_WARNING = /^\S{1,300}:\d+: [A-Z]\w{0,60}Warning: /;

/** AutoGen's and LangChain's console blocks, and a runner's commands. */
const BLOCKS = [
  /^-{10} \S.* -{10}$/,
  /^>{8} [A-Z]/,
  /^\*{5} (?:Suggested (?:tool|function) call|Response from calling (?:tool|function))\b/,
  /^={10,} [A-Z]\w+ Message ={10,}$/,
  /^##\[(?:error|warning|notice|debug|group|command)\]/,
  /^::(?:error|warning|notice|debug)[ :]/,
];
