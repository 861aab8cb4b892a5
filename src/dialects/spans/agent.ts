import type { Message, Span } from "../../records/records.ts";
import { object, objects } from "../../ingest/json/access.ts";
import { parseJsonText } from "../../ingest/json/parse.ts";
import { messagesOf } from "../../ingest/messages/messages.ts";
import { callText, type Speaker } from "../speaker.ts";
import { fromJson, pick } from "./attributes.ts";
import { eventsOf, offersOf } from "./carriers.ts";
import type { SpanError } from "./errors.ts";
import { printedMessages } from "./haystack-messages.ts";
import type { SpanKind } from "./keys.ts";
import { keysOf, type SpanTable } from "./table.ts";

/** An agent's run or a step of one: its start and end, and the results of tools that its output shows. */
export function sayAgent(span: Span, table: SpanTable, voice: Speaker, kind: SpanKind, error: SpanError | null): void {
  const { attributes, startNs, endNs } = span;
  const isRoot = span.parentSpanId === null;
  if (kind === "agent" && isRoot)
    voice.fact({ kind: "run-started", name: voice.scope.agent ?? span.name }, startNs, span.name);
  if (kind === "agent") {
    const tools = offersOf(span, keysOf(table, "tools"));
    if (tools !== null)
      voice.fact({ kind: "offered", tools, to: "agent" }, startNs, tools.map(({ name }) => name).join(", "));
  }
  for (const message of [
    ...messagesIn(attributes["pydantic_ai.all_messages"], 0),
    ...(attributes["all_messages_events"] === undefined ? [] : eventsOf(span).map((event) => event.message)),
    ...printedMessages(attributes["output.value"]),
  ]) {
    sayKnown(message, voice, endNs);
    // The model's own spans may have no content.
    message.calls.forEach(
      (call, index) =>
        call.id !== null && voice.fact({ kind: "requested", call, index }, startNs, callText(call), call.id),
    );
  }
  for (const message of messagesIn(
    pick(attributes, ["gen_ai.output.messages", ...keysOf(table, "output"), "gen_ai.completion"]),
    0,
  )) {
    sayKnown(message, voice, endNs);
    for (const result of message.results)
      if (result.callId === null && kind === "agent" && isReply(message)) voice.returned(result, endNs);
    message.calls.forEach((call, index) => {
      // LangChain's model spans lose a call whose arguments are no JSON; the node's output has it.
      if (call.id !== null && call.argumentsRaw !== null && parseJsonText(call.argumentsRaw) === undefined)
        voice.fact({ kind: "requested", call, index }, endNs, callText(call), call.id);
    });
  }
  if (!isRoot || (kind !== "agent" && !table.chainsAreRuns)) return;
  // The models' own spans may have no content, and then the last answer stands here alone.
  const said = pick(attributes, [...keysOf(table, "output"), "gen_ai.completion"]);
  if (typeof said === "string" && CALL.test(said))
    voice.fact({ kind: "answered", finishReason: null, text: said, calls: [], complete: true }, endNs, said);
  // Interrupted, left by its reader, or done but for calls that are its caller's to execute.
  const isHalf = attributes["misfire.run.outcome"] !== undefined || attributes["misfire.stream.outcome"] !== undefined;
  const outcome =
    error?.certain === true && !error.cancelled ? "failed" : error?.certain === true || isHalf ? "stopped" : "ok";
  voice.fact(
    { kind: "run-ended", outcome, reason: outcome === "ok" ? null : (error?.message ?? error?.type ?? null) },
    endNs,
    error?.message ?? span.name,
  );
}

/** How a text begins that is a call which nobody carried out. */
const CALL = /^\s{0,8}(?:<tool_call>|<function=|<function_calls?>|<\|tool|\[TOOL_CALLS\]|functools\[)/;

/** A result with a call id is known whatever span shows it. */
function sayKnown(message: Message, voice: Speaker, time: bigint | null): void {
  for (const result of message.results)
    if (result.callId !== null && result.content !== "") voice.returned(result, time);
}

/** Nothing but a tool's answer: AG2's executor "says" the result. */
function isReply(message: Message): boolean {
  return message.role === "tool" && message.results.length === 1 && message.results[0]?.content !== "";
}

/** Messages anywhere near the top of an output: `{messages}`, `{outputs: {messages}}`, `[{update: {messages}}]`, one message. */
function messagesIn(value: unknown, depth: number): Message[] {
  const parsed = fromJson(value);
  if (depth > 4 || typeof parsed !== "object" || parsed === null) return [];
  if (Array.isArray(parsed)) {
    const items = objects(parsed);
    const nested = items.filter((item) => "update" in item || "messages" in item);
    return nested.length > 0
      ? nested.slice(0, MANY).flatMap((item) => messagesIn(item, depth + 1))
      : messagesOf(parsed);
  }
  const json = object(parsed);
  for (const key of ["messages", "update", "output", "outputs", "result"])
    if (typeof json[key] === "object" && json[key] !== null) return messagesIn(json[key], depth + 1);
  return "role" in json || "type" in json || json["lc"] === 1 ? messagesOf([json]) : [];
}

const MANY = 1000;
