import type { OtelLogDialect } from "../../records/dialect.ts";
import type { Message, OtelLog } from "../../records/records.ts";
import { firstText, object, objects, text, type Json } from "../../ingest/json/access.ts";
import { contentText } from "../../ingest/messages/call.ts";
import { finishReasonOf } from "../../ingest/messages/finish.ts";
import { messagesOf } from "../../ingest/messages/messages.ts";
import { fromJson } from "../spans/attributes.ts";
import { logSpeaker } from "./voice.ts";

/**
 * AWS' distribution of OpenTelemetry (Bedrock AgentCore) takes the contents out of spans and writes them as one log record
 * for each: `{input: {messages}, output: {messages}}`, `role` and `content`, which is a text or the attributes of the event
 * that it was. Of several events of one name it keeps the last.
 */
export const adotEvents: OtelLogDialect = {
  name: "adot",
  read(log, emit) {
    const body = object(log.body);
    const input = objects(object(body["input"])["messages"]);
    const output = objects(object(body["output"])["messages"]);
    if (input.length + output.length === 0) return false;
    const own = input.find((message) => message["role"] === "tool" && "id" in object(message["content"]));
    if (own !== undefined) sayResult(log, output, emit);
    else sayRequest(log, input, output, emit);
    return true;
  },
};

type Emit = Parameters<OtelLogDialect["read"]>[1];

/** The log of a tool's span: what it gave back. */
function sayResult(log: OtelLog, output: readonly Json[], emit: Emit): void {
  const content = object(output[0]?.["content"]);
  const callId = firstText(content["id"]);
  if (callId === null) return;
  const said = contentText(fromJson(content["message"]) ?? "");
  logSpeaker(log, emit).returned({ callId, tool: null, content: said, isError: null }, log.timeNs);
}

/** That of a request to a model: its answer says why it ended. An agent's and a cycle's log say the same again. */
function sayRequest(log: OtelLog, input: readonly Json[], output: readonly Json[], emit: Emit): void {
  const last = output.findLast((message) => firstText(object(message["content"])["finish_reason"]) !== null);
  const content = object(last?.["content"]);
  const [answer] = last === undefined ? [] : messagesIn("assistant", content["message"]);
  if (answer === undefined || !Array.isArray(fromJson(content["message"]))) return;
  const before = [...input.filter(({ role }) => role !== "tool"), ...output.filter((message) => message !== last)];
  const messages = [...before, ...input.filter(({ role }) => role === "tool")].flatMap((message) =>
    messagesIn(text(message["role"]) ?? "user", object(message["content"])["content"] ?? message["content"]),
  );
  logSpeaker(log, emit).modelCall({
    tools: null,
    messages: messages.length > 0 ? messages : null,
    options: {},
    answer: { message: answer, finishReason: finishReasonOf(content["finish_reason"]), complete: true },
    error: null,
    startNs: log.timeNs,
    endNs: log.timeNs,
  });
}

/** A text, the parts of one message, or messages with roles of their own, as JSON. */
function messagesIn(role: string, content: unknown): Message[] {
  const parsed = fromJson(content);
  if (Array.isArray(parsed) && objects(parsed).some((item) => "role" in item)) return messagesOf(parsed);
  return parsed === undefined || parsed === null ? [] : messagesOf([{ role, content: parsed }]);
}
