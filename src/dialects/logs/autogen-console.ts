import type { Emit, LogDialect } from "../../records/dialect.ts";
import type { LogRecord } from "../../records/records.ts";
import { autogenCalls, autogenResults } from "./autogen-objects.ts";
import { parsePython } from "./python-repr.ts";
import { voiceOf } from "./say.ts";
import type { Voice } from "./say.ts";

/**
 * What AutoGen's `Console(...)` prints: a header with the message's class (0.5.3 and newer) or its source alone, then the
 * message. Log lines that come between cut the content off, so it is also known without its header.
 */
export const autogenConsole: LogDialect = {
  name: "autogen-console",
  literals: ["---------- ", "[functioncall(", "[functionexecutionresult("],
  open() {
    let header: Header | null = null;
    return {
      read(record, emit) {
        const newline = record.text.indexOf("\n");
        const found = headerOf(newline === -1 ? record.text : record.text.slice(0, newline));
        const body = found === null ? record.text : newline === -1 ? "" : record.text.slice(newline + 1);
        if (found === null && !CONTENT.test(body)) return "none";
        const own = found ?? header;
        header = found !== null && body.trim() === "" ? found : null;
        readBlock(record, emit, own, body, found === null ? 0 : 1);
        return GLUED.test(body) ? "seen" : "claimed";
      },
    };
  },
};

interface Header {
  /** `ToolCallRequestEvent`; null in the old form. */
  type: string | null;
  source: string;
}

const CONTENT = /^\[Function(?:Call|ExecutionResult)\(/;
/** Streamed text has no line end: the next event may stand on the same line. */
const GLUED = /[^\s]\{"type": "LLM/;
const HEADER = /^-{10} (.+) -{10}\s*$/;
const NAMED = /^([A-Z]\w*) \((.*)\)$/;

function headerOf(line: string): Header | null {
  const inner = HEADER.exec(line)?.[1];
  if (inner === undefined) return null;
  const named = NAMED.exec(inner);
  return named === null
    ? { type: inner === "Summary" ? "Summary" : null, source: inner }
    : { type: named[1]!, source: named[2]! };
}

function readBlock(record: LogRecord, emit: Emit, header: Header | null, body: string, line: number): void {
  const voice = voiceOf(
    record,
    emit,
    { framework: "autogen", ...(header === null ? {} : { agent: header.source }) },
    line,
  );
  const parsed = CONTENT.test(body) ? parsePython(body) : null;
  const calls = parsed === null ? [] : autogenCalls(parsed.value);
  const results = parsed === null ? [] : autogenResults(parsed.value);
  if (calls.length + results.length > 0) {
    calls.forEach((call, n) => voice.requested(call, n));
    if (header !== null) for (const call of calls) voice.started(call);
    for (const result of results) voice.returned(result);
  } else if (CONTENT.test(body)) voice.text("log", body);
  else if (header !== null) readText(voice, header, body);
}

/** Summaries repeat the results, and the user's words are no evidence: both are claimed and say nothing. */
function readText(voice: Voice, { type, source }: Header, body: string): void {
  if (type === "Summary") {
    const reason = /^Finish reason: (.*)$/m.exec(body)?.[1]?.trim() ?? "None";
    voice.fact(
      { kind: "run-ended", outcome: reason === "None" ? "ok" : "stopped", reason: reason === "None" ? null : reason },
      reason,
    );
    if (reason !== "None") voice.text("status", reason);
    return;
  }
  if (source === "user" && (type === null || type === "TextMessage"))
    voice.fact({ kind: "run-started", name: null }, body);
  else if (type === "StopMessage") voice.text("status", body);
  else if (type === "CodeExecutionEvent") voice.text("tool-result", body, { tool: "CodeExecutor" });
  // without a class only its form tells the model's words from a result that is repeated
  else if (type === null ? CALL_AS_TEXT.test(body) : !REPEATS.has(type)) voice.text("model-text", body);
  readStop(voice, body);
}

/** Programs print `stop_reason` behind the last block, where nothing tells it from the message. */
function readStop(voice: Voice, body: string): void {
  const reason = STOPS.exec(body)?.[0];
  if (reason === undefined) return;
  voice.fact({ kind: "run-ended", outcome: "stopped", reason }, reason);
  voice.text("status", reason);
}

const STOPS =
  /\b(?:Maximum number of (?:messages|turns) \d+ (?:has been )?reached[^\n]{0,80}|Token usage limit reached[^\n]{0,120}|Timeout of [\d.]+ seconds reached)/;

const CALL_AS_TEXT = /^\s{0,20}(?:<tool_call>|<function[=_]|<\|(?:python_tag|tool_call)|\[TOOL_CALLS\])/;

const REPEATS = new Set([
  "ToolCallSummaryMessage",
  "HandoffMessage",
  "MemoryQueryEvent",
  "SelectSpeakerEvent",
  "SelectorEvent",
  "ToolCallRequestEvent",
  "ToolCallExecutionEvent",
]);
