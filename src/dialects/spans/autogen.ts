import { object, objects } from "../../ingest/json/access.ts";
import { messagesOf } from "../../ingest/messages/messages.ts";
import type { RequestedCall, Span } from "../../records/records.ts";
import { autogenCalls, autogenResults } from "../logs/autogen-objects.ts";
import { parsePython } from "../logs/python-repr.ts";
import { callText, type Speaker } from "../speaker.ts";
import { fromJson, pickText } from "./attributes.ts";
import { operationKind } from "./kinds.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

/**
 * AutoGen 0.4 and later: `execute_tool T` without arguments or result (nothing at all for an unknown tool or bad JSON); in teams
 * the `message` of the runtime's `autogen process` spans carries the agents' messages, once for each recipient.
 */
export const autogen = spanDialect({
  name: "autogen",
  framework: "autogen",
  score: (span) =>
    pickText(span.attributes, ["gen_ai.system"]) === "autogen" || /^autogen[ -]/.test(span.scope.name) ? SCORES.key : 0,
  kind: (span) => (isRuntime(span) ? "none" : (operationKind(span) ?? "none")),
  also(span, voice) {
    if (isRuntime(span)) sayPayload(span, voice);
  },
});

function isRuntime(span: Span): boolean {
  return "messaging.operation" in span.attributes || span.name.startsWith("autogen ");
}

/** `{messages: [...]}`, `{message: ...}`, `{response: {chat_message, inner_messages}}`, `{agent_response: {...}}`. */
function sayPayload(span: Span, voice: Speaker): void {
  const payload = object(fromJson(span.attributes["message"]));
  const response = object(payload["response"] ?? payload["agent_response"]);
  const items = [
    ...objects(payload["messages"]),
    ...objects(response["inner_messages"]),
    object(response["chat_message"]),
    object(payload["message"]),
  ];
  sayReprs(payload, span, voice);
  for (const item of items) {
    if (item["type"] === "ToolCallRequestEvent") sayStarted(item, span, voice);
    for (const message of messagesOf([item])) {
      message.calls.forEach((call, index) => {
        if (call.id !== null) voice.fact({ kind: "requested", call, index }, span.startNs, callText(call), call.id);
      });
      for (const result of message.results) if (result.callId !== null) voice.returned(result, span.startNs);
    }
  }
}

/** An agent says what it is asked to call right before it calls it; what it got comes in a ToolCallExecutionEvent, whatever it is. */
function sayStarted(item: ReturnType<typeof object>, span: Span, voice: Speaker): void {
  for (const { calls } of messagesOf([item]))
    for (const { id, name, argumentsRaw } of calls)
      if (id !== null && name !== null)
        voice.fact(
          { kind: "executed", callId: id, tool: name, argumentsRaw, outcome: "started", error: null, durationNs: null },
          span.startNs,
          name,
          id,
        );
}

/** Messages of an application's own types hold calls and results as their repr: `{text: "[FunctionCall(id='call_1', ...)]"}`. */
function sayReprs(payload: ReturnType<typeof object>, span: Span, voice: Speaker): void {
  for (const value of Object.values(payload)) {
    if (typeof value !== "string" || !/Function(?:Call|ExecutionResult)\(/.test(value)) continue;
    const read = parsePython(value)?.value ?? null;
    const calls = autogenCalls(read);
    calls.forEach((call, index) =>
      voice.fact({ kind: "requested", call, index }, span.startNs, callText(call), call.id),
    );
    // An agent that replies to its caller with the calls themselves has done: nobody will execute them.
    if (calls.length > 0 && span.attributes["messaging.operation"] === "receive" && value.startsWith("[FunctionCall("))
      sayHandedBack(calls, span, voice);
    for (const result of autogenResults(read)) voice.returned(result, span.startNs);
  }
}

function sayHandedBack(calls: RequestedCall[], span: Span, voice: Speaker): void {
  const text = calls.map(callText).join(" ");
  voice.fact({ kind: "answered", finishReason: null, text: null, calls, complete: true }, span.startNs, text);
  voice.fact({ kind: "run-ended", outcome: "ok", reason: null }, span.endNs, span.name);
}
