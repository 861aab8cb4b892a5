import type { Message } from "../../records/records.ts";
import { object } from "../../ingest/json/access.ts";
import { callOf, resultOf } from "../../ingest/messages/call.ts";
import { parsePython, PythonCall, type Python } from "../logs/python-repr.ts";
import { fromJson } from "./attributes.ts";

/**
 * OpenInference prints what Haystack's Agent and ToolInvoker gave: `{"messages": ["ChatMessage(_role=<ChatRole.TOOL: 'tool'>,
 * _content=[ToolCallResult(result='...', origin=ToolCall(tool_name='f', arguments={}, id='c1'), error=True)], ...)"]}`.
 */
export function printedMessages(value: unknown): Message[] {
  if (typeof value !== "string" || !value.includes(PRINTED)) return [];
  const json = object(fromJson(value));
  const listed = [json["messages"], json["tool_messages"]].find(Array.isArray) ?? [];
  return listed.slice(0, MANY).flatMap((item) => messageOf(item) ?? []);
}

const PRINTED = "ChatMessage(_role=";
const MANY = 1000;

function messageOf(item: unknown): Message | null {
  return typeof item === "string" && item.startsWith(PRINTED) ? (printedMessage(item, 0)?.message ?? null) : null;
}

/** The message that is printed at a place of a text, and where it ends; null where the print is broken. */
export function printedMessage(text: string, at: number): { message: Message | null; end: number } | null {
  const read = parsePython(text, at);
  return read === null ? null : { message: messageIn(read.value), end: read.end };
}

function messageIn(value: Python): Message | null {
  const printed = callAt(value);
  const role = printed === null ? undefined : ROLE.exec(String(printed.fields["_role"]))?.[1];
  if (printed === null || role === undefined) return null;
  const message: Message = { role: role as Message["role"], text: null, calls: [], results: [] };
  const parts = printed.fields["_content"];
  for (const part of Array.isArray(parts) ? parts : []) add(message, callAt(part));
  return message;
}

const ROLE = /^<ChatRole\.\w+: '(system|user|assistant|tool)'>$/;

function add(message: Message, part: PythonCall | null): void {
  if (part === null) return;
  const { fields } = part;
  if (part.name === "TextContent" && typeof fields["text"] === "string") message.text = fields["text"];
  if (part.name === "ToolCall") message.calls.push(callOf(fields["id"], fields["tool_name"], fields["arguments"]));
  if (part.name !== "ToolCallResult") return;
  const origin = callAt(fields["origin"])?.fields ?? {};
  message.results.push(resultOf(origin["id"], origin["tool_name"], fields["result"], fields["error"] === true));
}

function callAt(value: Python | undefined): PythonCall | null {
  return value instanceof PythonCall ? value : null;
}
