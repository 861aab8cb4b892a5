import type { LogDialect } from "../../records/dialect.ts";
import type { LogRecord } from "../../records/records.ts";
import { chatCall, chatMessage, first } from "./chat.ts";
import { fieldsOf, isFields, listOf, objectOf, parseJson, stringOf, textOf } from "./json.ts";
import type { Fields } from "./json.ts";
import { scanEnd } from "./scan-end.ts";
import { readParts } from "./sdk-parts.ts";
import { voiceOf } from "./say.ts";
import type { Voice } from "./say.ts";

/**
 * Structured lines (pino, winston, structlog, logfmt, ...) that carry calls and results in their fields: chat messages,
 * steps of the AI SDK, and the lines that programs write about one call.
 */
export const structured: LogDialect = {
  name: "structured",
  literals: [
    "tool_call",
    "toolcall",
    "tool-call",
    "toolresult",
    "tool_result",
    "tool-result",
    "tool-error",
    "tool result",
    "tools/call",
    "tool_name",
    "toolname",
    '"tool":',
    " tool: ",
    '" tool=',
    "info tool=",
    "error tool=",
    "function_call",
  ],
  open: () => ({
    read(record, emit) {
      const fields = objectOf(record);
      if (Object.keys(fields).length === 0) return "none";
      const voice = voiceOf(record, emit);
      if (readMessage(fields, voice)) return "claimed";
      const had = readParts(fields, voice);
      if (had) return record.exception === null ? "claimed" : "seen";
      return readLine(fields, record, voice);
    },
  }),
};

/** A chat message, as the record itself or under a key of it. */
export function readMessage(fields: Fields, voice: Voice): boolean {
  const message = [fields, fields["message"], fields["msg"], fields["item"], fields["reply"]]
    .filter(isFields)
    .find(isMessage);
  if (message === undefined) return false;
  const { role, text, calls, results } = chatMessage(message);
  if (role === "assistant" || calls.length > 0) {
    calls.filter(({ name }) => name !== null).forEach((call, n) => voice.requested(call, n));
    listOf(message["invalid_tool_calls"])
      .filter(isFields)
      .forEach((call, n) => refused(call, calls.length + n, voice));
    if (text !== null) voice.text("model-text", text);
  }
  for (const result of results) voice.returned(result);
  return true;
}

function isMessage(message: Fields): boolean {
  const kind = String(message["role"] ?? message["type"]);
  if (kind === "tool" || kind === "ToolMessage")
    return "content" in message && ("tool_call_id" in message || "status" in message || "name" in message);
  if (Array.isArray(message["tool_calls"]) && message["tool_calls"].length > 0) return true;
  return ["assistant", "ai", "AIMessage"].includes(kind) && ("content" in message || "tool_calls" in message);
}

/** LangChain's `invalid_tool_calls`: arguments that are no JSON. */
function refused(call: Fields, index: number, voice: Voice): void {
  const { id, name, argumentsRaw } = chatCall(call);
  voice.refused({ id, name, argumentsRaw }, index, stringOf(call["error"]));
}

const CALL_ID = ["tool_call_id", "toolCallId", "call_id", "callId", "tool_use_id", "toolUseId"];
const TOOL = ["tool_name", "toolName", "tool", "function_name", "functionName", "gen_ai.tool.name"];
const ARGUMENTS = [
  "arguments",
  "args",
  "input",
  "tool_input",
  "toolInput",
  "params",
  "parameters",
  "kwargs",
  "tool_args",
  "toolArgs",
];
const RESULT = ["result", "output", "tool_result", "toolResult", "tool_output", "toolOutput"];
const ERROR = ["error", "err", "error_message", "errorMessage", "exception"];
const ABOUT_RESULT =
  /\b(?:tool|function|tools\/call)[ _-]?(?:call)?[ _-]?(?:result|output|returned|response)|\bresult\b/i;
const ABOUT_CALL = /\btools?[ _/-]?call|\bcalling\b|\binvok|\bexecut/i;

const FAILING = new Set<string>(["error", "fatal"]);
const ABOUT_SUCCESS = /\b(?:succe(?:ss|eded)|completed|finished|ok)\b/i;

/** A call without more words, under names that programs give its parts. */
export function readCallLine(fields: Fields, record: LogRecord, voice: Voice): boolean {
  const { id, name, argumentsRaw } = chatCall(fields);
  if (name === null || argumentsRaw === null || !ABOUT_CALL.test(record.text)) return false;
  voice.requested({ id, name, argumentsRaw }, 0);
  return true;
}

/** A line of a program about one call: its request, its result, or its failure. */
function readLine(fields: Fields, record: LogRecord, voice: Voice): "claimed" | "seen" | "none" {
  const tool = stringOf(first(fields, TOOL));
  const callId =
    stringOf(first(fields, CALL_ID)) ??
    (tool !== null || /^(?:call|toolu|fc)_/.test(String(fields["id"])) ? stringOf(fields["id"]) : null);
  if (tool === null && callId === null && !ABOUT_RESULT.test(record.text)) return "none";
  const argumentsRaw = first(fields, ARGUMENTS) ?? printedArguments(record.text);
  const error = first(fields, ERROR);
  const result = first(fields, RESULT);
  if (record.exception !== null || (error !== undefined && error !== false))
    return failed(error, record, { tool, callId }, voice);
  if (result !== undefined) {
    const { content, isError } = resultOf(result, fields);
    // a line at the level of an error says so, whatever field holds the words
    const isAlarm = FAILING.has(record.level ?? "") && !ABOUT_SUCCESS.test(record.text);
    voice.returned({ callId, tool, content, isError: isError ?? (isAlarm ? true : null) });
    return "claimed";
  }
  if (tool === null || (argumentsRaw === undefined && !ABOUT_CALL.test(record.text))) return "none";
  const raw =
    typeof argumentsRaw === "string" && !/^\s*[{[]/.test(argumentsRaw) && record.text === "" ? undefined : argumentsRaw;
  voice.requested(
    { id: callId, name: tool, argumentsRaw: textOf(raw), ...(typeof raw === "string" ? {} : { parsed: true }) },
    0,
  );
  return "claimed";
}

/** pino-pretty prints an object over several lines under its name. */
function printedArguments(text: string): unknown {
  const found = PRINTED.exec(text);
  const end = found === null ? -1 : scanEnd(text, found.index + found[0].length - 1);
  return end === -1 ? undefined : parseJson(text.slice(found!.index + found![0].length - 1, end));
}

const PRINTED = /\n {4}(?:input|args|arguments|params): \{/;

/** The failure of a call: its text stays open to the signatures, now with the call it belongs to. */
function failed(
  error: unknown,
  record: LogRecord,
  { tool, callId }: { tool: string | null; callId: string | null },
  voice: Voice,
): "seen" | "claimed" {
  if (tool === null && callId === null) return "seen";
  const fields = fieldsOf(error);
  const message = stringOf(error) ?? stringOf(fields["message"]) ?? record.exception?.split("\n", 1)[0] ?? "";
  const failure = { type: stringOf(fields["type"]) ?? stringOf(fields["name"]), message, stack: record.exception };
  voice.fact(
    {
      kind: "executed",
      callId,
      tool: tool ?? "",
      argumentsRaw: null,
      outcome: "failed",
      error: failure,
      durationNs: null,
    },
    message,
    callId,
  );
  if (record.exception !== null) voice.text("exception", record.exception, { flagged: true, tool, callId });
  else voice.text("tool-result", message === "" ? record.text : message, { flagged: true, tool, callId });
  return "claimed";
}

/** MCP's result objects have their own flag; others may have one beside the result. */
function resultOf(result: unknown, fields: Fields): { content: string; isError: boolean | null } {
  const given = typeof result === "string" && result.startsWith('{"content"') ? (parseJson(result) ?? result) : result;
  const isMcp = isFields(given) && Array.isArray(given["content"]);
  const texts = isMcp ? listOf(given["content"]).map((part) => stringOf(fieldsOf(part)["text"])) : [];
  const flag = isMcp ? given["isError"] : first(fields, ["is_error", "isError"]);
  const success = fields["success"];
  return {
    content: isMcp && texts.every((text) => text !== null) ? texts.join("\n") : (textOf(given) ?? ""),
    isError:
      typeof flag === "boolean"
        ? flag
        : success === false || success === "false"
          ? true
          : fields["status"] === "error"
            ? true
            : null,
  };
}
