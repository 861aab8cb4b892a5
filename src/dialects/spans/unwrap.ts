import type { ToolResult } from "../../records/records.ts";
import { object, objects, text, textOf } from "../../ingest/json/access.ts";
import { contentText } from "../../ingest/messages/call.ts";
import { parseJsonText } from "../../ingest/json/parse.ts";
import { messagesOf } from "../../ingest/messages/messages.ts";
import { stepInput } from "../react.ts";
import { parsePython } from "../logs/python-repr.ts";
import { fromJson } from "./attributes.ts";

/** Arguments of a call as a tracer recorded them; null where it lost them. */
export interface Arguments {
  raw: string | null;
  callId: string | null;
}

/**
 * Takes a call's arguments out of what tracers put around them: Traceloop `{args, kwargs}`, `{input_str, inputs, ...}`,
 * `{tool_name, arguments}`, smolagents `{args, sanitize_inputs_outputs, kwargs}`. `bare`: a text that is no object is kept
 * (it is what the model wrote); otherwise it has lost the argument's name, as LangChain's single inputs have.
 */
export function argumentsOf(value: unknown, bare: boolean): Arguments {
  // Most are plain: only what may be wrapped is parsed.
  if (typeof value === "string" && !WRAPPED.test(value))
    return { raw: bare || value.startsWith("{") ? value : null, callId: null };
  const parsed = fromJson(value);
  const only = onlyToolMessage(parsed);
  if (only !== null) return { raw: textOf(only["content"]), callId: text(only["tool_call_id"]) };
  const json = object(parsed);
  const callId = text(object(json["kwargs"])["tool_call_id"]) ?? text(json["tool_call_id"]);
  if (json["method"] === "tools/call") return { raw: textOf(object(json["params"])["arguments"]), callId };
  // AutoGen's run_json, and CrewAI's _use, which is given the model's text
  if ("cancellation_token" in json && "args" in json)
    return { raw: textOf(json["args"]), callId: text(json["call_id"]) };
  if (typeof json["tool_string"] === "string" && "tool" in json) return { raw: stepInput(json["tool_string"]), callId };
  if ("input_str" in json) return { raw: textOf(json["inputs"]) ?? fromRepr(json["input_str"]), callId };
  if ("kwargs" in json && Array.isArray(json["args"]))
    return { raw: json["args"].length === 0 ? textOf(json["kwargs"]) : null, callId };
  // DSPy binds its keywords to their parameter's name
  if (!bare && typeof json["kwargs"] === "object" && Object.keys(json).length === 1)
    return { raw: textOf(json["kwargs"]), callId };
  if (typeof json["tool_name"] === "string" && "arguments" in json) return { raw: textOf(json["arguments"]), callId };
  if (json["type"] === "tool_call" && "args" in json) return { raw: textOf(json["args"]), callId: text(json["id"]) };
  if (typeof value !== "string") return { raw: textOf(value), callId };
  // A text in a text: the inner one is what the model wrote.
  if (value.startsWith('"')) return { raw: bare ? (textOf(parseJsonText(value)) ?? value) : textOf(parsed), callId };
  // Monocle prints Python dicts; what the model wrote stays as it is.
  if (!bare && typeof parsed === "string" && /^\s*\{'/.test(value)) return { raw: fromRepr(value), callId };
  if (bare || /^\s*[{[]/.test(value)) return { raw: typeof parsed === "string" ? parsed : value, callId };
  return { raw: null, callId };
}

const WRAPPED =
  /^[^{]|^\{\s*'|"(?:input_str|kwargs|tool_name|tool_call_id)"|"tool_call"|"tools\/call"|"cancellation_token"|"tool_string"/;

/** `{'claim_id': 'CL-1'}` as JSON; null when it is no Python dict. */
function fromRepr(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const read = parsePython(value);
  if (read !== null && typeof read.value === "object" && read.value !== null && read.end === value.length)
    return textOf(read.value);
  return /^\s*[{[]/.test(value) ? value : null;
}

/**
 * A tool's result as a span shows it: a LangChain ToolMessage in any of its serialised forms (with status and call id),
 * an MCP CallToolResult (with `isError`), `{output: ...}` around one of them, or the value itself.
 */
export function toolResultOf(value: unknown, tool: string | null, depth = 0): ToolResult {
  if (typeof value === "string" && !MAYBE_MESSAGE.test(value))
    return agnoResult(value, tool) ?? { callId: null, tool, content: value, isError: null };
  const given = fromJson(value);
  const parsed = onlyToolMessage(given) ?? given;
  const json = object(typeof parsed === "string" && parsed.startsWith("{") ? fromJson(parsed) : parsed);
  const keys = Object.keys(json);
  const inner = object(json["tool_output"]);
  // LlamaIndex' ToolCallResult
  if (typeof json["tool_id"] === "string" && typeof inner["content"] === "string")
    return {
      callId: json["tool_id"],
      tool,
      content: inner["content"],
      isError: inner["is_error"] === true ? true : null,
    };
  if ("output" in json && depth < 4 && keys.every((key) => key === "output" || key === "kwargs"))
    return toolResultOf(json["output"], tool, depth + 1);
  const message = messagesOf([parsed]).find(({ results }) => results.length > 0 && isToolMessage(json));
  if (message?.results[0] !== undefined) return { ...message.results[0], tool: tool ?? message.results[0].tool };
  if (
    Array.isArray(json["content"]) &&
    (typeof json["isError"] === "boolean" || objects(json["content"]).every(({ type }) => typeof type === "string"))
  ) {
    const isError = json["isError"] ?? json["is_error"];
    // MCP: without the flag the call went well.
    return {
      callId: null,
      tool,
      content: contentText(json["content"]),
      isError: isError === true,
      ...("structuredContent" in json ? { structured: json["structuredContent"] } : {}),
    };
  }
  if (isParts(parsed)) return { callId: null, tool, content: contentText(parsed), isError: null };
  return {
    callId: null,
    tool,
    content: typeof parsed === "string" ? parsed : typeof value === "string" ? value : (textOf(value) ?? ""),
    isError: null,
  };
}

/** Agno's `status='failure' result=None error='timed out' updated_session_state=None ...`. */
function agnoResult(text: string, tool: string | null): ToolResult | null {
  const status = /^status='(success|failure)' result=/.exec(text);
  const result = status === null ? null : parsePython(text, status[0].length);
  if (status === null || result === null || !text.startsWith(" error=", result.end)) return null;
  const error = parsePython(text, result.end + " error=".length)?.value;
  const content = typeof error === "string" ? error : (textOf(result.value) ?? "");
  return { callId: null, tool, content, isError: status[1] === "failure" };
}

const MAYBE_MESSAGE = /^\s*"|^\s*[[{][\s\S]*"(?:output|content|tool_call_id|text|json)"/;

/** `[{"type": "text", "text": "..."}]`, Bedrock's `[{"text": "..."}]` and `[{"json": {...}}]`: parts of one text; a list with anything else in it is data. */
function isParts(value: unknown): value is unknown[] {
  const parts = objects(value);
  return (
    Array.isArray(value) &&
    parts.length > 0 &&
    parts.length === value.length &&
    parts.every((part) => {
      const says = ["text", "content"].some((key) => typeof part[key] === "string");
      return (says && isPart(part)) || ("json" in part && Object.keys(part).length === 1);
    })
  );
}

function isPart(part: ReturnType<typeof object>): boolean {
  return Object.keys(part).every((key) => PART_KEYS.has(key)) && (part["type"] ?? "text") === "text";
}

const PART_KEYS = new Set(["type", "text", "content", "annotations", "_meta", "meta"]);

function onlyToolMessage(value: unknown): ReturnType<typeof object> | null {
  const [message, ...more] = objects(value);
  return Array.isArray(value) && message?.["role"] === "tool" && more.length === 0 ? message : null;
}

function isToolMessage(json: ReturnType<typeof object>): boolean {
  const id = json["id"];
  return (
    json["type"] === "tool" ||
    json["role"] === "tool" ||
    (json["type"] === "constructor" && Array.isArray(id) && String(id.at(-1)) === "ToolMessage")
  );
}
