import type { Sink } from "../../records/format.ts";
import type { Message } from "../../records/records.ts";
import { firstText, object, objects, text, type Json } from "../json/access.ts";
import type { JsonHandler } from "../json/reader.ts";
import { contentText } from "../messages/call.ts";
import { messagesOf } from "../messages/messages.ts";
import { historyExchange } from "./exchange.ts";

/** AutoGen's AgentChat messages: an array of them, `{messages: [...], stop_reason}` (a TaskResult), or one a line. */
export function autogenMessages(source: string, sink: Sink): JsonHandler {
  const loose: Json[] = [];
  let first = 1;
  let index = 0;

  function give(items: readonly Json[], line: number): number {
    const messages = items.flatMap(messageOf);
    if (messages.length === 0) return 0;
    sink.exchange(historyExchange(source, line, index++, messages, { framework: "autogen", agent: agentOf(items) }));
    return 1;
  }

  return {
    cut: [],
    document(value, { line }) {
      if (Array.isArray(value)) return give(objects(value), line);
      const json = object(value);
      if (Array.isArray(json["messages"])) return give(objects(json["messages"]), line);
      if (loose.length === 0) first = line;
      if (loose.length < MOST) loose.push(json);
      else sink.drop("message beyond the first 100000");
      return 0;
    },
    end: () => give(loose, first),
  };
}

/** AutoGen's `save_state`: the model context of every agent is a history; a team's thread of messages is one where no agent has a context. */
export function autogenState(source: string, sink: Sink): JsonHandler {
  let index = 0;
  return {
    cut: [],
    document(value, { line }) {
      const found: Found[] = [];
      find(value, null, found, 0);
      const contexts = found.filter(({ isContext }) => isContext);
      const given = contexts.length > 0 ? contexts : found;
      for (const { items, agent } of given) {
        const messages = items.flatMap(messageOf);
        if (messages.length > 0)
          sink.exchange(historyExchange(source, line, index++, messages, { framework: "autogen", agent }));
      }
      if (given.length === 0) sink.drop("state without messages");
      return given.length;
    },
  };
}

interface Found {
  items: Json[];
  agent: string | null;
  isContext: boolean;
}

const MOST = 100_000;
const MAX_DEPTH = 16;

function find(value: unknown, agent: string | null, found: Found[], depth: number): void {
  if (depth > MAX_DEPTH || found.length > 1000) return;
  const json = object(value);
  for (const [key, inner] of Object.entries(json)) {
    if (key === "message_thread" && Array.isArray(inner))
      found.push({ items: objects(inner), agent: null, isContext: false });
    else if ((key === "llm_messages" || key === "messages") && Array.isArray(inner))
      found.push({ items: objects(inner), agent, isContext: true });
    else if (typeof inner === "object" && inner !== null && !Array.isArray(inner))
      find(inner, NO_NAMES.has(key) ? agent : nameOf(key), found, depth + 1);
  }
}

const NO_NAMES = new Set(["agent_states", "agent_state", "llm_context", "state", "team_state"]);

/** `weather_agent/3f2a...`: the agent's type and its instance. */
function nameOf(key: string): string {
  return key.replace(/\/.*$/, "").replace(/_[0-9a-f]{8}-[0-9a-f-]{27}$/, "");
}

function messageOf(item: Json): Message[] {
  const type = text(item["type"]) ?? "";
  const content = item["content"];
  if (PASSED.has(type)) return [];
  if (type === "TextMessage" || type === "StopMessage" || type === "HandoffMessage" || type === "MultiModalMessage") {
    const role = item["source"] === "user" ? "user" : "assistant";
    return [{ role, text: contentText(content) || null, calls: [], results: [] }];
  }
  return messagesOf([{ ...item, role: ROLES[type] ?? "user" }]);
}

/** The summary repeats the results; chunks, thoughts and memories are no messages to a model. */
const PASSED = new Set([
  "ToolCallSummaryMessage",
  "ModelClientStreamingChunkEvent",
  "ThoughtEvent",
  "MemoryQueryEvent",
  "UserInputRequestedEvent",
  "CodeGenerationEvent",
  "CodeExecutionEvent",
  "SelectSpeakerEvent",
  "SelectorEvent",
]);
const ROLES: Record<string, string> = {
  ToolCallRequestEvent: "assistant",
  ToolCallExecutionEvent: "tool",
  AssistantMessage: "assistant",
  FunctionExecutionResultMessage: "tool",
  SystemMessage: "system",
  UserMessage: "user",
};

function agentOf(items: readonly Json[]): string | null {
  return firstText(...items.filter(({ type }) => type === "ToolCallRequestEvent").map(({ source }) => source));
}
