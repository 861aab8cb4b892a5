import type { RequestedCall } from "../../records/records.ts";
import { chatCall } from "./chat.ts";
import { fieldsOf, isFields, jsonText, listOf, stringOf, textOf } from "./json.ts";
import type { Fields } from "./json.ts";
import type { Voice } from "./say.ts";

/**
 * A step of the AI SDK (and of Mastra, which has its forms) as programs log it: lists of parts of type `tool-call`,
 * `tool-result` and `tool-error`, or one such part. False where there is none.
 */
export function readParts(fields: Fields, voice: Voice): boolean {
  const parts = [
    fields,
    ...LISTS.flatMap((name) => listOf(fields[name])),
    ...listOf(fields["steps"])
      .filter(isFields)
      .flatMap((step) => LISTS.flatMap((name) => listOf(step[name]))),
  ]
    .filter(isFields)
    .filter((part) => (typeof part["type"] === "string" && TYPES.has(part["type"])) || isOfAgentKit(part));
  const isStep = Array.isArray(fields["toolCalls"]) && "finishReason" in fields;
  if (parts.length === 0 && !isStep) return false;
  const calls: RequestedCall[] = [];
  for (const part of parts) {
    if (part["type"] === "tool-call") calls.push(callOf(part));
    else readResult(part, voice);
  }
  if (isStep) {
    const finishReason = stringOf(fields["rawFinishReason"]) ?? stringOf(fields["finishReason"]);
    voice.fact({ kind: "answered", finishReason, text: stringOf(fields["text"]), calls, complete: true });
  }
  calls.forEach((call, n) => voice.requested(call, n));
  return true;
}

const LISTS = ["toolCalls", "toolResults", "toolErrors", "errors", "content"];
const TYPES = new Set(["tool-call", "tool-result", "tool-error"]);

/** A call that was refused carries what the model wrote in its error. */
function callOf(part: Fields): RequestedCall {
  const raw = isFields(part["error"]) ? stringOf(part["error"]["toolInput"]) : null;
  const call = chatCall(part);
  return raw === null ? call : { id: call.id, name: call.name, argumentsRaw: raw };
}

/** Inngest's AgentKit: `{type: "tool_result", tool: {id, name}, content: {data} | {error}}`. */
function isOfAgentKit(part: Fields): boolean {
  return part["type"] === "tool_result" && isFields(part["tool"]) && isFields(part["content"]);
}

/** A thrown error is an object whose message loggers may have lost; a refused call has its words as a string. */
function readResult(part: Fields, voice: Voice): void {
  if (isOfAgentKit(part)) {
    const [{ id, name }, { data, error: thrown }] = [fieldsOf(part["tool"]), fieldsOf(part["content"])];
    const content = textOf(thrown === undefined ? data : (fieldsOf(thrown)["stack"] ?? thrown)) ?? "";
    const isError = thrown === undefined ? null : true;
    return voice.returned({ callId: stringOf(id), tool: stringOf(name), content, isError });
  }
  const about = { callId: stringOf(part["toolCallId"]), tool: stringOf(part["toolName"]) };
  if (part["type"] === "tool-result") {
    const output = part["output"] ?? part["result"];
    const typed = isFields(output) && typeof output["type"] === "string" && "value" in output ? output : null;
    const isError = typed === null ? null : /^(?:error-|execution-denied)/.test(String(typed["type"]));
    voice.returned({ ...about, content: textOf(typed === null ? output : typed["value"]) ?? "", isError });
    return;
  }
  const { error } = part;
  const message =
    stringOf(error) ??
    (isFields(error) ? (stringOf(error["message"]) ?? stringOf(error["stack"]) ?? jsonText(error)) : "");
  voice.returned({ ...about, content: message, isError: true });
}
