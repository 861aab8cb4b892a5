import type { LogDialect } from "../../records/dialect.ts";
import type { RequestedCall } from "../../records/records.ts";
import { remember } from "../remember.ts";
import { readMessage } from "./structured.ts";
import { fieldsOf, isFields, jsonText, listOf, stringOf, textOf } from "./json.ts";
import type { Fields } from "./json.ts";
import { voiceOf } from "./say.ts";
import type { Voice } from "./say.ts";
import { eventOf } from "./ui-event.ts";

/**
 * Events of the AG-UI protocol (CopilotKit, TanStack AI, and the adapters of most frameworks), one JSON object a line or a
 * line of SSE: `{"type":"TOOL_CALL_START","toolCallId":...,"toolCallName":...}`, its arguments in pieces, and its result.
 * A call without a result is none that failed: tools of the user interface answer in the next run.
 */
export const agUi: LogDialect = {
  name: "ag-ui",
  literals: ['"tool_call_', '"run_error"', '"messages_snapshot"'],
  open() {
    const open = new Map<string, RequestedCall>();
    return {
      read(record, emit) {
        const event = eventOf(record);
        const read = READERS[String(event["type"])];
        if (read === undefined) return "none";
        read(event, voiceOf(record, emit), open);
        return "claimed";
      },
    };
  },
};

type Open = Map<string, RequestedCall>;

const MOST_OPEN = 1000;
const MOST_ARGUMENTS = 1_000_000;

const READERS: Readonly<Record<string, (event: Fields, voice: Voice, open: Open) => void>> = {
  TOOL_CALL_START: begin,
  TOOL_CALL_ARGS: grow,
  TOOL_CALL_CHUNK(event, voice, open) {
    begin(event, voice, open);
    grow(event, voice, open);
  },
  TOOL_CALL_END: end,
  TOOL_CALL_RESULT(event, voice, open) {
    const callId = stringOf(event["toolCallId"]);
    const call = callId === null ? undefined : open.get(callId);
    // chunks have no end
    if (call !== undefined && !call.parsed) end(event, voice, open);
    if (callId !== null) open.delete(callId);
    const failed = event["error"] !== undefined || object(event["metadata"], "tanstack")["state"] === "output-error";
    const content = textOf(event["content"]) ?? textOf(event["error"]) ?? "";
    voice.returned({ callId, tool: call?.name ?? null, content, isError: failed ? true : null });
  },
  RUN_ERROR(event, voice) {
    const message = stringOf(event["message"]) ?? jsonText(event["error"] ?? "");
    voice.fact({ kind: "run-ended", outcome: "failed", reason: message }, message);
    voice.text("exception", message, { flagged: true });
  },
  MESSAGES_SNAPSHOT(event, voice) {
    for (const { toolCalls, toolCallId, ...message } of listOf(event["messages"]).filter(isFields))
      readMessage({ tool_calls: toolCalls, tool_call_id: toolCallId, ...message }, voice);
  },
};

function begin(event: Fields, _voice: Voice, open: Open): void {
  const id = stringOf(event["toolCallId"]);
  if (id === null || open.has(id)) return;
  const name = stringOf(event["toolCallName"]) ?? stringOf(event["toolName"]);
  remember(open, id, { id, name, argumentsRaw: null }, MOST_OPEN);
}

function grow(event: Fields, _voice: Voice, open: Open): void {
  const call = open.get(String(event["toolCallId"]));
  const delta = stringOf(event["delta"]);
  if (call === undefined || delta === null || (call.argumentsRaw?.length ?? 0) > MOST_ARGUMENTS) return;
  call.argumentsRaw = (call.argumentsRaw ?? "") + delta;
}

/** TanStack AI writes the parsed input at the end; the pieces are what the model wrote. */
function end(event: Fields, voice: Voice, open: Open): void {
  const call = open.get(String(event["toolCallId"]));
  if (call === undefined || call.parsed) return;
  const { id, name, argumentsRaw } = call;
  voice.requested(argumentsRaw === null ? { id, name, argumentsRaw: textOf(event["input"]), parsed: true } : call, 0);
  open.set(String(id), { id, name, argumentsRaw, parsed: true });
}

function object(value: unknown, key: string): Fields {
  return fieldsOf(fieldsOf(value)[key]);
}
