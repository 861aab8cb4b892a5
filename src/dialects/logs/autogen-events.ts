import type { Emit, LogDialect } from "../../records/dialect.ts";
import type { LogRecord } from "../../records/records.ts";
import { chatAnswer, chatMessages, toolDefinitions } from "./chat.ts";
import { fieldsOf, isFields, jsonText, listOf, objectOf, parseJson, stringOf } from "./json.ts";
import type { Fields } from "./json.ts";
import { readAgentchat } from "./autogen-messages.ts";
import { remember } from "../remember.ts";
import { createRepeats } from "./repeats.ts";
import type { Repeats } from "./repeats.ts";
import { voiceOf } from "./say.ts";
import type { Voice } from "./say.ts";

/**
 * The JSON events of the logger `autogen_core.events`. `LLMCall` and `ToolCall` are written after success only; none but
 * the messages inside has a call id. With the documented recipe each event is printed twice, bare and with its logger.
 */
export const autogenEvents: LogDialect = {
  name: "autogen-events",
  literals: [
    "llmcall",
    "llmstream",
    "toolcall",
    "messagekind.",
    "messagehandlerexception",
    "agentconstructionexception",
  ],
  open() {
    const seen = createTwins();
    const repeats = createRepeats();
    const asking = new Set<string>();
    return {
      read(record, emit) {
        const event = objectOf(record);
        const handler = isEvent(event) ? HANDLERS[String(event["type"])] : undefined;
        if (handler === undefined) return "none";
        if (seen.isTwin(record.text.startsWith("{") ? record.text : jsonText(event), record.logger ?? ""))
          return "claimed";
        const agent = stringOf(event["agent_id"]);
        if (agent !== null && asking.size < 10_000) asking.add(agent);
        const voice = voiceOf(record, emit, {
          framework: "autogen",
          ...(agent === null ? {} : { agent: agentName(agent) }),
        });
        handler(event, voice, { record, emit, repeats, asking });
        return "claimed";
      },
    };
  },
};

interface Context {
  record: LogRecord;
  emit: Emit;
  repeats: Repeats;
  /** Agents that have asked a model: `type/key`. */
  asking: ReadonlySet<string>;
}
type Handler = (event: Fields, voice: Voice, context: Context) => void;

const HANDLERS: Record<string, Handler> = {
  LLMCall(event, voice) {
    if (Array.isArray(event["tools"]))
      voice.fact({ kind: "offered", tools: toolDefinitions(event["tools"]) }, "tools offered");
    asked(event, voice);
    answered(event, voice);
  },
  LLMStreamStart: asked,
  LLMStreamEnd: answered,
  ToolCall(event, voice) {
    const tool = stringOf(event["tool_name"]) ?? "";
    const argumentsRaw = jsonText(event["arguments"] ?? {});
    const content = stringOf(event["result"]) ?? "";
    voice.fact(
      { kind: "executed", callId: null, tool, argumentsRaw, outcome: "ok", error: null, durationNs: null },
      `${tool}(${argumentsRaw})`,
    );
    voice.fact(
      { kind: "returned", result: { callId: null, tool, content, isError: null }, seenBy: "framework" },
      content,
    );
    voice.text("tool-result", content, { flagged: null, tool });
  },
  Message: readPayload,
  MessageDropped: () => {},
  MessageHandlerException: failed,
  AgentConstructionException: failed,
};

function isEvent(event: Fields): boolean {
  switch (event["type"]) {
    case "Message":
    case "MessageDropped":
      return "payload" in event && "kind" in event;
    case "MessageHandlerException":
    case "AgentConstructionException":
      return "exception" in event;
    case "ToolCall":
      return "tool_name" in event;
    default:
      return "response" in event || "messages" in event;
  }
}

function asked(event: Fields, voice: Voice): void {
  const messages = chatMessages(event["messages"]);
  voice.fact({ kind: "asked", messages, options: {} }, messages.at(-1)?.text ?? "model asked");
  for (const message of messages.slice(messages.findLastIndex(({ calls }) => calls.length > 0) + 1)) {
    for (const { content, isError, tool, callId } of message.results)
      voice.text("tool-result", content, { flagged: isError, tool, callId });
  }
}

function answered(event: Fields, voice: Voice): void {
  const answer = chatAnswer(event["response"]);
  if (answer === null) return;
  const { finishReason, text, calls, model } = answer;
  const own = model === null ? voice : voice.with({ model });
  own.fact(
    { kind: "answered", finishReason, text, calls, complete: true },
    text ?? calls.map(({ name }) => name).join(", "),
  );
  calls.forEach((call, n) => own.requested(call, n));
  if (text !== null) own.text("model-text", text);
}

/** `exception` is `str(e)` alone, and may be empty: the traceback stands in the runtime's own log. */
function failed(event: Fields, voice: Voice): void {
  voice.text("exception", stringOf(event["exception"]) ?? "");
}

/** Messages between agents: from 0.7.2 on with the fields of their class, before that without content. */
function readPayload(event: Fields, voice: Voice, { record, emit, repeats, asking }: Context): void {
  if (event["delivery_stage"] !== "DeliveryStage.SEND") return;
  const sender = stringOf(event["sender"]) ?? "";
  // an agent that has asked a model and now answers its caller is done
  if (event["kind"] === "MessageKind.RESPOND" && asking.has(sender))
    voice.with({ agent: agentName(sender) }).fact({ kind: "run-ended", outcome: "ok", reason: null });
  const payload = parseJson(stringOf(event["payload"]) ?? "");
  if (!isFields(payload)) return;
  const inner = fieldsOf(payload["agent_response"]);
  const error = fieldsOf(payload["error"]);
  if (typeof error["error_type"] === "string")
    voice.text("exception", `${error["error_type"]}: ${stringOf(error["error_message"]) ?? ""}`);
  for (const message of [payload["message"], inner["chat_message"], ...listOf(inner["inner_messages"])])
    if (isFields(message)) readAgentchat(message, record, emit, repeats);
}

/** `assistant_<uuid>/<uuid>` is the agent `assistant` of a team. */
function agentName(id: string): string {
  return id.replace(/\/.*$/, "").replace(/_[0-9a-f]{8}-[0-9a-f-]{27}$/, "");
}

interface Twins {
  isTwin(text: string, logger: string): boolean;
}

/** Knows the last events: the same one from another handler is no second event. */
function createTwins(): Twins {
  const last = new Map<string, Map<string, number>>();
  return {
    isTwin(text, logger) {
      const counts = last.get(text) ?? new Map<string, number>();
      last.delete(text);
      remember(last, text, counts, 64);
      const mine = (counts.get(logger) ?? 0) + 1;
      const most = Math.max(0, ...counts.values());
      counts.set(logger, mine);
      return mine <= most;
    },
  };
}
