import type { Attributes } from "./api.ts";
import { messagesOf } from "../provider-messages.ts";
import type { ToolDefinition } from "../records/records.ts";
import { messagesJson, recordable } from "./content.ts";
import type { ModelRequest } from "./model-request.ts";
import { settings } from "./settings.ts";

/** What a request says, by the names of the GenAI conventions. */
export function requestAttributes(
  { provider, body, url }: ModelRequest,
  offered: readonly ToolDefinition[] | null,
): Attributes {
  const found: Attributes = { ...serverOf(url) };
  for (const [key, name] of NUMBERS) {
    const value = body[key];
    if (typeof value === "number" && Number.isFinite(value)) found[name] = value;
  }
  if (body["stream"] === true) found["gen_ai.request.stream"] = true;
  const stop = body["stop"] ?? body["stop_sequences"];
  if (typeof stop === "string") found["gen_ai.request.stop_sequences"] = [stop];
  else if (Array.isArray(stop))
    found["gen_ai.request.stop_sequences"] = stop.filter((each) => typeof each === "string");
  const form = (body["response_format"] as { type?: unknown } | undefined)?.type;
  if (form === "json_object" || form === "json_schema") found["gen_ai.output.type"] = "json";
  const previous = body["previous_response_id"];
  if (typeof previous === "string") found["gen_ai.request.previous_response.id"] = previous;
  if (body["parallel_tool_calls"] === false) found["misfire.request.parallel_tool_calls"] = false;
  if (body["tool_choice"] !== undefined)
    found["misfire.request.tool_choice"] = JSON.stringify(body["tool_choice"]).slice(0, 300);
  if (offered !== null) found["gen_ai.tool.definitions"] = definitionsJson(offered);
  if (settings().content) Object.assign(found, contentAttributes(provider, body));
  return found;
}

const NUMBERS: readonly (readonly [key: string, name: string])[] = [
  ["max_tokens", "gen_ai.request.max_tokens"],
  ["max_completion_tokens", "gen_ai.request.max_tokens"],
  ["max_output_tokens", "gen_ai.request.max_tokens"],
  ["temperature", "gen_ai.request.temperature"],
  ["top_p", "gen_ai.request.top_p"],
  ["top_k", "gen_ai.request.top_k"],
  ["frequency_penalty", "gen_ai.request.frequency_penalty"],
  ["presence_penalty", "gen_ai.request.presence_penalty"],
  ["seed", "gen_ai.request.seed"],
  ["n", "gen_ai.request.choice.count"],
];

function serverOf(url: string | null): Attributes {
  if (url === null) return {};
  let known = servers.get(url);
  if (known === undefined) {
    if (servers.size > 100) servers.clear();
    servers.set(url, (known = parsed(url)));
  }
  return known;
}

/** A process talks to few servers. */
const servers = new Map<string, Attributes>();

function parsed(url: string): Attributes {
  if (!URL.canParse(url)) return {};
  const { hostname, port, protocol } = new URL(url);
  return { "server.address": hostname, "server.port": port === "" ? (protocol === "http:" ? 80 : 443) : Number(port) };
}

function definitionsJson(offered: readonly ToolDefinition[]): string {
  return `[${offered.map(definitionJson).join()}]`;
}

function definitionJson(tool: ToolDefinition): string {
  const { name, description, schema } = tool;
  if (!settings().definitions) return JSON.stringify({ type: "function", name });
  let json = written.get(tool);
  if (json === undefined) {
    json = JSON.stringify({
      type: "function",
      name,
      ...(description === null ? {} : { description: recordable(description) }),
      ...(schema === null ? {} : { parameters: schema }),
    });
    written.set(tool, json);
  }
  return json;
}

/** Agents send the same tools with every request. */
const written = new WeakMap<ToolDefinition, string>();

function contentAttributes(provider: string, body: Record<string, unknown>): Attributes {
  const found: Attributes = {};
  const system = body["system"] ?? body["instructions"];
  if (typeof system === "string")
    found["gen_ai.system_instructions"] = JSON.stringify([{ type: "text", content: recordable(system) }]);
  else if (provider === "anthropic" && Array.isArray(system))
    found["gen_ai.system_instructions"] = JSON.stringify(
      messagesOf([{ role: "system", content: system }]).map(({ text }) => ({
        type: "text",
        content: recordable(text ?? ""),
      })),
    );
  const history = body["messages"] ?? body["input"] ?? body["contents"];
  if (history !== undefined) found["gen_ai.input.messages"] = messagesJson(messagesOf(history));
  return found;
}

/** Token counts of an answer; null where it does not say. */
export interface Usage {
  input: number | null;
  output: number | null;
  cacheRead: number | null;
  cacheWrite: number | null;
  reasoning: number | null;
}

/** Of a body or of what a stream's events said: OpenAI Chat and Responses, Anthropic, Gemini, Ollama. */
export function usageOf(body: Record<string, unknown>): Usage {
  const usage = object(body["usage"] ?? body["usageMetadata"] ?? body);
  const first = (...keys: string[]): number | null =>
    keys.map((key) => number(usage[key])).find((value) => value !== null) ?? null;
  const details = object(usage["prompt_tokens_details"] ?? usage["input_tokens_details"]);
  const outputs = object(usage["completion_tokens_details"] ?? usage["output_tokens_details"]);
  const cacheRead = number(details["cached_tokens"]) ?? first("cache_read_input_tokens", "cachedContentTokenCount");
  const cacheWrite = first("cache_creation_input_tokens");
  const input = first("prompt_tokens", "input_tokens", "promptTokenCount", "prompt_eval_count");
  // Anthropic counts what the cache gave or took apart from the rest; the conventions count all.
  const apart = usage["cache_read_input_tokens"] !== undefined ? (cacheRead ?? 0) + (cacheWrite ?? 0) : 0;
  return {
    input: input === null ? null : input + apart,
    output: first("completion_tokens", "output_tokens", "candidatesTokenCount", "eval_count"),
    cacheRead,
    cacheWrite,
    reasoning: number(outputs["reasoning_tokens"]) ?? first("thoughtsTokenCount"),
  };
}

export function responseAttributes(body: Record<string, unknown>, usage: Usage): Attributes {
  const found: Attributes = {};
  const id = body["id"] ?? body["responseId"];
  const model = body["model"] ?? body["modelVersion"];
  if (typeof id === "string") found["gen_ai.response.id"] = id;
  if (typeof model === "string") found["gen_ai.response.model"] = model;
  if (usage.input !== null) found["gen_ai.usage.input_tokens"] = usage.input;
  if (usage.output !== null) found["gen_ai.usage.output_tokens"] = usage.output;
  if (usage.cacheRead !== null) found["gen_ai.usage.cache_read.input_tokens"] = usage.cacheRead;
  if (usage.cacheWrite !== null)
    found[`gen_ai.usage.cache_${settings().latest ? "write" : "creation"}.input_tokens`] = usage.cacheWrite;
  if (usage.reasoning !== null) found["gen_ai.usage.reasoning.output_tokens"] = usage.reasoning;
  return found;
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function number(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
