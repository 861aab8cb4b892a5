import type { Sink } from "../../records/format.ts";
import { firstText, object, objects, type Json } from "../json/access.ts";
import type { JsonHandler } from "../json/reader.ts";
import { messagesOf } from "../messages/messages.ts";
import { requestOf } from "../messages/request.ts";
import { historyExchange } from "./exchange.ts";

/**
 * Saved histories of any provider or framework: an array of messages, one message a line, objects with a history (`messages`,
 * `contents`, `input` with `output`, `traj`, ...), or a list of those (tau2-bench: `simulations`). Lines of Claude Code are
 * told apart by session.
 */
export function transcript(source: string, sink: Sink): JsonHandler {
  /** Messages that come one a document, by conversation. */
  const loose = new Map<string, { line: number; items: unknown[]; conversation: string | null }>();
  let index = 0;

  function give(history: History, line: number): number {
    const messages = history.messages;
    if (messages.length === 0) return 0;
    sink.exchange(
      historyExchange(
        source,
        line,
        index++,
        messages,
        { conversation: history.conversation, model: history.model },
        history.tools,
      ),
    );
    return 1;
  }

  function keep(item: Json, line: number): void {
    const session = firstText(item["sessionId"], item["session_id"]);
    const side = firstText(item["parent_tool_use_id"], item["isSidechain"] === true ? "side" : null);
    const key = `${session ?? ""}\n${side ?? ""}`;
    const kept = loose.get(key);
    if (kept !== undefined) kept.items.push(item);
    else if (loose.size < MOST) loose.set(key, { line, items: [item], conversation: session });
    else sink.drop("conversation beyond the first 10000");
  }

  return {
    cut: ["*"],
    document(value, { line }) {
      if (Array.isArray(value)) {
        const histories = value.map((item) => historyIn(object(item), 0));
        if (histories.some((history) => history !== null))
          return histories.reduce((count, history) => count + (history === null ? 0 : give(history, line)), 0);
        return give({ messages: messagesOf(value), tools: null, model: null, conversation: null }, line);
      }
      const history = historyIn(object(value), 0);
      if (history !== null) return give(history, line);
      const simulations = objects(object(value)["simulations"]).map((run) => historyIn(run, 0));
      if (simulations.length > 0)
        return simulations.reduce((count, run) => count + (run === null ? 0 : give(run, line)), 0);
      if (messagesOf([value]).length > 0) keep(object(value), line);
      else if (!PASSED.has(String(object(value)["type"]))) sink.drop("no message");
      return 0;
    },
    end() {
      let count = 0;
      for (const { line, items, conversation } of loose.values())
        count += give({ messages: messagesOf(items), tools: null, model: null, conversation }, line);
      return count;
    },
  };
}

const MOST = 10_000;
/** Lines of Claude Code that are no messages. */
const PASSED = new Set(["system", "result", "summary", "file-history-snapshot", "queue-operation", "progress"]);

interface History {
  messages: ReturnType<typeof messagesOf>;
  tools: ReturnType<typeof requestOf>["tools"];
  model: string | null;
  conversation: string | null;
}

const KEYS = ["messages", "contents", "input", "all_messages", "history", "conversation", "traj", "trajectory"];
const AROUND = ["values", "state", "data", "result", "output", "request", "body"];

/** The history that an object holds; null when it is a message itself, or has none. */
function historyIn(json: Json, depth: number): History | null {
  if (typeof json["role"] === "string" && !Array.isArray(json["messages"])) return null;
  const key = KEYS.find(
    (name) => Array.isArray(json[name]) && messagesOf((json[name] as unknown[]).slice(0, 8)).length > 0,
  );
  if (key !== undefined) {
    const output = key === "input" && Array.isArray(json["output"]) ? json["output"] : [];
    const request = requestOf({
      ...json,
      messages: [...(json[key] as unknown[]), ...output],
      input: undefined,
      contents: undefined,
    });
    const conversation = firstText(json["conversation_id"], json["session_id"], json["thread_id"], json["id"]);
    return { messages: request.messages, tools: request.tools, model: request.model, conversation };
  }
  if (depth > 2) return null;
  for (const name of AROUND) {
    const inner = historyIn(object(json[name]), depth + 1);
    if (inner !== null) return inner;
  }
  const runs = objects(json["runs"] ?? json["conversations"]);
  return runs.length === 1 ? historyIn(runs[0] as Json, depth + 1) : null;
}
