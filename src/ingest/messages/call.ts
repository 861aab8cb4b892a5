import type { RequestedCall, ToolResult } from "../../records/records.ts";
import { firstText, textOf } from "../json/access.ts";

/** A requested call. Arguments that are a text are kept as the model wrote them; an object is written as JSON and marked `parsed`. */
export function callOf(id: unknown, name: unknown, args: unknown): RequestedCall {
  const call: RequestedCall = { id: idText(id), name: firstText(name), argumentsRaw: textOf(args) };
  if (typeof args === "object" && args !== null) call.parsed = true;
  return call;
}

export function resultOf(callId: unknown, tool: unknown, content: unknown, isError: boolean | null): ToolResult {
  return { callId: idText(callId), tool: firstText(tool), content: contentText(content), isError };
}

/** What stands for a missing id in some frameworks is none. */
function idText(value: unknown): string | null {
  const text = typeof value === "number" ? String(value) : firstText(value);
  return text === "unknown" || text === "<not specified>" ? null : text;
}

/** The text of a content: a string, parts with texts (joined by a newline), anything else as JSON. */
export function contentText(content: unknown): string {
  if (Array.isArray(content) && content.length > 0) {
    const texts = content.map(partText);
    if (texts.every((text) => text !== null)) return texts.join("\n");
  }
  return textOf(content) ?? "";
}

function partText(part: unknown): string | null {
  if (typeof part === "string") return part;
  if (typeof part !== "object" || part === null) return null;
  const { type, text, content, json } = part as Record<string, unknown>;
  if (typeof text === "string" && (type === undefined || TEXT_TYPES.has(String(type)))) return text;
  if (type === "text" && typeof content === "string") return content;
  if (type === undefined && json !== undefined && Object.keys(part).length === 1) return textOf(json);
  return null;
}

const TEXT_TYPES = new Set(["text", "input_text", "output_text"]);
