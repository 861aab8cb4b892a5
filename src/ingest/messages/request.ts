import type { Message, ToolDefinition } from "../../records/records.ts";
import { firstText, object, type Json } from "../json/access.ts";
import { contentText } from "./call.ts";
import { messagesOf } from "./messages.ts";
import { toolsOf } from "./tools.ts";

export interface ModelRequest {
  model: string | null;
  /** Null where the body does not say (a saved history); a request on the wire without tools offers none. */
  tools: ToolDefinition[] | null;
  messages: Message[];
  /** What else the body has: tool_choice, parallel_tool_calls, response_format, stream, max_tokens, ... */
  options: Record<string, unknown>;
}

/** The body of a request to a model: OpenAI Chat, Completions and Responses, Anthropic, Gemini, Bedrock, Ollama. */
export function requestOf(body: unknown): ModelRequest {
  const json = object(body);
  const config = object(json["config"] ?? json["generationConfig"]);
  const tools = json["tools"] ?? json["functions"] ?? object(json["toolConfig"])["tools"] ?? config["tools"];
  const system =
    json["system"] ??
    json["instructions"] ??
    json["systemInstruction"] ??
    json["system_instruction"] ??
    config["systemInstruction"] ??
    config["system_instruction"];
  const history = HISTORY.map((key) => json[key]).find((value) => value !== undefined && value !== null);
  const messages = messagesOf(history ?? []);
  const said = systemText(system);
  if (said !== null) messages.unshift({ role: "system", text: said, calls: [], results: [] });
  return {
    model: firstText(json["model"], json["modelId"], json["model_id"])?.replace(/^models\//, "") ?? null,
    tools: tools === undefined || tools === null ? null : toolsOf(tools),
    messages,
    options: optionsOf(json),
  };
}

const HISTORY = ["messages", "input", "contents", "prompt"];
const LEFT_OUT = new Set([
  ...HISTORY,
  "tools",
  "functions",
  "system",
  "instructions",
  "systemInstruction",
  "system_instruction",
  "model",
  "__proto__",
]);

function systemText(system: unknown): string | null {
  if (system === undefined || system === null) return null;
  const parts = object(system)["parts"];
  return contentText(parts ?? system) || null;
}

function optionsOf(json: Json): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(json)) if (!LEFT_OUT.has(key)) options[key] = value;
  return options;
}
