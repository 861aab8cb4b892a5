import type { Exchange, Span } from "../../records/records.ts";
import { finishReasonOf } from "../../ingest/messages/finish.ts";
import type { ModelCall, Speaker } from "../speaker.ts";
import { pick } from "./attributes.ts";
import { sayAttempts } from "./attempts.ts";
import { ANSWERS, firstOf, HISTORIES, offersOf } from "./carriers.ts";
import { exceptionText, type SpanError } from "./errors.ts";
import { processEnd, sayProcessEnd } from "./process-end.ts";
import { keysOf, type SpanTable } from "./table.ts";

/** A request to a model: what was offered and sent, and what came of it. */
export function sayModel(span: Span, table: SpanTable, voice: Speaker, error: SpanError | null): void {
  const { startNs, endNs } = span;
  const tools = table.tools?.(span) ?? offersOf(span, keysOf(table, "tools"));
  const messages = table.messages?.(span) ?? firstOf(HISTORIES, span);
  const end = processEnd(span);
  const failed = error === null || error.cancelled || end !== null ? null : failureOf(span, error);
  voice.modelCall({
    tools,
    messages,
    options: {},
    answer: answerOf(span, table, failed !== null || end !== null),
    error: failed,
    startNs,
    endNs,
  });
  if (error === null) sayAttempts(span, voice);
  if (end !== null) sayProcessEnd(span, voice);
}

/** Without recorded content a finish reason alone says nothing about calls; but that a filter or a parser ended it does. */
function answerOf(span: Span, table: SpanTable, failed: boolean): Exchange["answer"] {
  const finish = finishReasonOf(pick(span.attributes, keysOf(table, "finish")));
  const found = table.answer?.(span) ?? firstOf(ANSWERS, span);
  if (found === null) {
    const tells = finish === "content_filter" || finish === "malformed_function_call";
    return tells
      ? { message: { role: "assistant", text: null, calls: [], results: [] }, finishReason: finish, complete: true }
      : null;
  }
  // What came before the failure was not used.
  if (failed) return null;
  const reason = finish ?? found.finishReason ?? finishIn(span);
  if (found.message.calls.length === 0 && reason === "tool_calls" && table.losesCalls?.(span) === true) return null;
  // A stream that ended without saying why was cut.
  const isStream = STREAMING.some((key) => span.attributes[key] === true);
  return { ...found, finishReason: reason, complete: found.complete && (reason !== null || !isStream) };
}

const STREAMING = ["gen_ai.is_streaming", "llm.is_streaming", "gen_ai.request.stream"];

/** OpenInference has no attribute for it with every framework; the raw output says it. */
function finishIn({ attributes }: Span): string | null {
  const output = attributes["output.value"];
  return typeof output === "string" ? finishReasonOf(FINISH.exec(output)?.[1]) : null;
}
const FINISH = /"(?:finish_reason|finishReason|stop_reason)": ?"([A-Za-z_-]{1,40})"/;

function failureOf(span: Span, error: SpanError): ModelCall["error"] {
  const message = error.message ?? error.type ?? "";
  const { exceptions } = error;
  const text =
    exceptions.length > 0
      ? exceptions.map(exceptionText).join("\n")
      : exceptionText({ type: error.type, message, stack: null });
  return {
    status: statusOf(span, message),
    code: CODE.exec(message)?.[1] ?? null,
    type: TYPE.exec(message)?.[1] ?? null,
    param: PARAM.exec(message)?.[1] ?? null,
    message,
    errorType: error.type,
    text,
  };
}

function statusOf(span: Span, message: string): number | null {
  const status = Number(
    pick(span.attributes, ["http.response.status_code", "http.status_code", "error.status_code"]) ??
      STATUS.exec(message)?.[1],
  );
  return status >= 400 && status < 600 ? status : null;
}

/** `Error code: 429 - {...}` (Python), `429 Rate limit ...` (Node), `status_code: 429`. */
const STATUS = /(?:^|Error code: |status[_ ]?code:? ?=? ?|HTTP )([45]\d\d)\b/i;
const CODE = /['"]code['"]: ?['"]([\w.-]{1,80})['"]/;
const TYPE = /['"]type['"]: ?['"]([\w.-]{1,80})['"]/;
const PARAM = /['"]param['"]: ?['"]([^'"]{1,200})['"]/;
