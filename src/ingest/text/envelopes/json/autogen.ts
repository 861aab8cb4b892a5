import { isObject, parseObject } from "./parse.ts";
import { renderError } from "./render.ts";

/** Event classes of `autogen_core.logging` by the name in their `type`. */
const AUTOGEN_TYPES: ReadonlySet<string> = new Set([
  "LLMCall",
  "LLMStreamStart",
  "LLMStreamEnd",
  "ToolCall",
  "Message",
  "MessageDropped",
  "MessageHandlerException",
  "AgentConstructionException",
]);

/** AutoGen's event logger: the object itself is the message, the dialects read its fields. */
export function isAutogenEvent(fields: Record<string, unknown>): boolean {
  const type = fields["type"];
  if (typeof type !== "string" || !AUTOGEN_TYPES.has(type)) {
    return typeof fields["payload"] === "string" && typeof fields["kind"] === "string" && "delivery_stage" in fields;
  }
  // `ToolCall` and `Message` are names that others use too.
  return (
    (type !== "ToolCall" && type !== "Message") || "tool_name" in fields || "payload" in fields || "agent_id" in fields
  );
}

/** The exception of an event: `exception` of a failed handler, or the error inside a message's payload. */
export function autogenError(fields: Record<string, unknown>): string | null {
  if (typeof fields["exception"] === "string" && fields["exception"] !== "") return fields["exception"];
  const payload = fields["payload"];
  if (typeof payload !== "string" || !payload.startsWith('{"error":')) return null;
  const error = parseObject(payload)?.["error"];
  if (!isObject(error)) return null;
  return renderError({ type: error["error_type"], message: error["error_message"], stack: error["traceback"] });
}

/**
 * An event that begins in the middle of a line: streamed text is printed without a line end, so the logger's line goes on
 * where the text stopped. Gives the index where the event (or its `INFO:autogen_core.events:`) begins, or -1.
 */
export function embeddedEvent(line: string): number {
  if (!line.endsWith("}")) return -1;
  const match = EMBEDDED.exec(line.slice(0, 20_000));
  return match === null || match.index === 0 ? -1 : match.index;
}

const EMBEDDED =
  /INFO:autogen_core\.events:\{"|\{"(?:type": "(?:LLM\w+|ToolCall|Message\w*)", "|tools": \[|payload": ")/;
