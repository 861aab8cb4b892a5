import type { Message } from "../../records/records.ts";
import { firstText, object, text, textOf, type Json } from "../json/access.ts";
import { callOf, resultOf } from "./call.ts";

/**
 * Puts one content part of any provider into a message. Types that hold neither text, call nor result (images,
 * thinking, hosted tools) are passed over.
 */
export function addPart(part: unknown, into: Message, depth = 0): void {
  if (typeof part === "string") return addText(part, into);
  if (depth > MAX_DEPTH) return;
  const json = object(part);
  const type = firstText(json["type"], json["part_kind"], json["content_type"], json["kind"]);
  const known = type === null ? undefined : PARTS[type.replaceAll("-", "_")];
  if (known !== undefined) return known(json, into, depth);
  for (const [key, read] of UNTYPED) if (key in json) return read(json, into, depth);
  if (type === null ? MEDIA.some((key) => key in json) : MEDIUM.test(type)) into.partial = true;
}

const MEDIUM = /image|file|document|audio|video|blob|binary|media|uri/;
const MEDIA = ["image", "document", "video", "inlineData", "inline_data", "fileData", "file_data"];

export function addText(value: unknown, into: Message): void {
  if (typeof value !== "string" || value === "") return;
  into.text = into.text === null ? value : `${into.text}\n${value}`;
}

type Read = (part: Json, into: Message, depth: number) => void;

const MAX_DEPTH = 8;

const textPart: Read = (part, into) => addText(part["text"] ?? part["content"], into);

/** By `type`, with `-` as `_`. */
const PARTS: Record<string, Read> = {
  text: textPart,
  input_text: textPart,
  output_text: textPart,
  user_prompt: (part, into, depth) => addContent(part["content"], into, depth + 1),
  system_prompt: textPart,
  refusal: (part, into) => addText(part["refusal"] ?? part["content"], into),
  // Anthropic; mcp_* is called by the provider, and its result is in the same message.
  tool_use: (part, into) => into.calls.push(callOf(part["id"] ?? part["toolUseId"], part["name"], part["input"])),
  // Strands for JS
  toolUse: (part, into) => into.calls.push(callOf(part["toolUseId"], part["name"], part["input"])),
  tool_result: (part, into) => {
    if ("toolName" in part || "toolCallId" in part) aiSdkResult(part, into);
    else
      into.results.push(
        resultOf(
          part["tool_use_id"] ?? part["tool_call_id"] ?? part["id"],
          part["name"],
          part["content"],
          flag(part["is_error"] ?? part["isError"]),
        ),
      );
  },
  mcp_tool_use: (part, into) => into.calls.push(callOf(part["id"], part["name"], part["input"])),
  mcp_tool_result: (part, into) =>
    into.results.push(resultOf(part["tool_use_id"], null, part["content"], flag(part["is_error"]))),
  // OTel GenAI, LangChain (`args`), AI SDK (`toolCallId`), Pydantic AI (`tool_call_id`)
  tool_call: (part, into) => {
    const called = object(part["function"]);
    into.calls.push(
      callOf(
        part["id"] ?? part["toolCallId"] ?? part["tool_call_id"],
        part["name"] ?? part["toolName"] ?? part["tool_name"] ?? called["name"],
        part["arguments"] ?? part["args"] ?? part["input"] ?? called["arguments"],
      ),
    );
  },
  invalid_tool_call: (part, into) => into.calls.push(callOf(part["id"], part["name"], part["args"])),
  tool_call_response: (part, into) =>
    into.results.push(
      resultOf(
        part["id"] ?? part["tool_call_id"],
        part["name"],
        given(part, ["response", "result", "content"]),
        flag(part["is_error"] ?? part["isError"]),
      ),
    ),
  tool_return: (part, into) =>
    into.results.push(
      resultOf(part["tool_call_id"], part["tool_name"], part["content"], part["outcome"] === "failed" ? true : null),
    ),
  // Pydantic AI says so to the model when a call was refused; without a tool it is about the answer.
  retry_prompt: (part, into) => {
    if (part["tool_name"] == null) addText(textOf(part["content"]), into);
    else into.results.push(resultOf(part["tool_call_id"], part["tool_name"], part["content"], true));
  },
  tool_error: (part, into) =>
    into.results.push(resultOf(part["toolCallId"], part["toolName"], errorText(part["error"]), true)),
  function_call: (part, into) => functionCall(part, into),
  function_response: (part, into) => functionResponse(part, into),
  function_result: (part, into) =>
    into.results.push(
      resultOf(
        part["call_id"] ?? part["id"],
        part["name"] ?? part["function_name"],
        part["result"] ?? part["exception"],
        part["exception"] == null ? null : true,
      ),
    ),
};

/** By the key that a part without `type` has: Gemini, Bedrock, AutoGen. */
const UNTYPED: readonly (readonly [string, Read])[] = [
  ["text", (part, into) => part["thought"] !== true && addText(part["text"], into)],
  ["functionCall", (part, into) => functionCall(object(part["functionCall"]), into)],
  ["function_call", (part, into) => functionCall(object(part["function_call"]), into)],
  ["functionResponse", (part, into) => functionResponse(object(part["functionResponse"]), into)],
  ["function_response", (part, into) => functionResponse(object(part["function_response"]), into)],
  ["toolUse", (part, into) => PARTS["tool_use"]?.(object(part["toolUse"]), into, 0)],
  [
    "toolResult",
    (part, into) => {
      const result = object(part["toolResult"]);
      into.results.push(
        resultOf(
          result["toolUseId"],
          null,
          result["content"],
          result["status"] === "error" ? true : result["status"] === "success" ? false : null,
        ),
      );
    },
  ],
  // Genkit
  ["toolRequest", (part, into) => requestPart(object(part["toolRequest"]), into)],
  [
    "toolResponse",
    (part, into) => {
      const { ref, name, output } = object(part["toolResponse"]);
      into.results.push(resultOf(ref, name, output, null));
    },
  ],
  // Haystack
  ["tool_call", (part, into) => PARTS["tool_call"]?.(object(part["tool_call"]), into, 0)],
  [
    "tool_call_result",
    (part, into) => {
      const { origin, result, error } = object(part["tool_call_result"]);
      into.results.push(resultOf(object(origin)["id"], object(origin)["tool_name"], result, flag(error)));
    },
  ],
  [
    "call_id",
    (part, into) => into.results.push(resultOf(part["call_id"], part["name"], part["content"], flag(part["is_error"]))),
  ],
  ["arguments", (part, into) => into.calls.push(callOf(part["id"], part["name"], part["arguments"]))],
  [
    "function",
    (part, into) =>
      into.calls.push(callOf(part["id"], object(part["function"])["name"], object(part["function"])["arguments"])),
  ],
];

function requestPart({ ref, name, input }: Json, into: Message): void {
  into.calls.push(callOf(ref, name, input ?? null));
}

function functionCall(call: Json, into: Message): void {
  into.calls.push(
    callOf(
      call["id"] ?? call["call_id"],
      call["name"] ?? call["function_name"],
      call["args"] ?? call["arguments"] ?? null,
    ),
  );
}

function functionResponse(response: Json, into: Message): void {
  into.results.push(resultOf(response["id"], response["name"], outputIn(response["response"]), null));
}

/** Gemini wants an object: what the function gave stands under `output`, when nothing else does. */
function outputIn(response: unknown): unknown {
  const fields = object(response);
  return Object.keys(fields).length === 1 && fields["output"] !== undefined ? (fields["output"] ?? "null") : response;
}

/** AI SDK: v5 and later `output: {type, value}`, v4 `result` and `isError`. */
function aiSdkResult(part: Json, into: Message): void {
  const output = object(part["output"]);
  const type = text(output["type"]);
  const isError = type === null ? flag(part["isError"]) : type.startsWith("error") || type === "execution-denied";
  const content = type === null ? (part["result"] ?? part["output"]) : given(output, ["value", "reason"]);
  into.results.push(resultOf(part["toolCallId"], part["toolName"], content, isError));
}

/** A result that is null is said to be so: the model reads `null`. */
function given(part: Json, keys: readonly string[]): unknown {
  const key = keys.find((name) => part[name] !== undefined);
  return key === undefined ? "" : (part[key] ?? "null");
}

/** Adds a content of any form: a text or a list of parts. */
export function addContent(content: unknown, into: Message, depth = 0): void {
  if (typeof content === "string") addText(content, into);
  else if (Array.isArray(content)) for (const part of content.slice(0, MAX_PARTS)) addPart(part, into, depth);
  else if (typeof content === "object" && content !== null) addPart(content, into, depth);
}

const MAX_PARTS = 10_000;

function errorText(error: unknown): string {
  return typeof error === "string" ? error : (firstText(object(error)["message"]) ?? textOf(error) ?? "");
}

export function flag(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}
