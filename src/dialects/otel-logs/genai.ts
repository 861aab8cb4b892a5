import type { Emit, OtelLogDialect } from "../../records/dialect.ts";
import type { Message, OtelLog, Span } from "../../records/records.ts";
import { eventMessage } from "../genai-events.ts";
import { remember } from "../remember.ts";
import { genai } from "../spans/genai.ts";
import { eventName, fieldsOf, logSpeaker } from "./voice.ts";

/**
 * The GenAI conventions' log events. Up to 1.36 each message is a record (`gen_ai.user.message`, ..., `gen_ai.choice`): those of one
 * span are one request, which is said when its answer comes. Since 1.37 `gen_ai.client.inference.operation.details` holds all.
 */
export const genaiEvents: OtelLogDialect = {
  name: "genai-events",
  read(log, emit) {
    const name = eventName(log);
    if (name === "gen_ai.client.inference.operation.details") {
      genai.read(asSpan(log), emit);
      return true;
    }
    const found = eventMessage(name, fieldsOf(log));
    if (found === null) return false;
    const voice = logSpeaker(log, emit);
    const open = openRequests(emit);
    const key = `${log.traceId} ${log.spanId} ${log.spanId === null ? log.source : ""}`;
    const messages = open.get(key) ?? [];
    if (!found.isAnswer) {
      messages.push(found.message);
      remember(open, key, messages, MOST);
      // Said at once too: a request that was refused has no answer.
      for (const { content, isError, tool, callId } of found.message.results)
        voice.text("tool-result", content, log.timeNs, { flagged: isError, tool, callId });
      return true;
    }
    open.delete(key);
    const answer = { message: found.message, finishReason: found.finishReason, complete: true };
    voice.modelCall({
      tools: null,
      messages: messages.length > 0 ? messages : null,
      options: {},
      answer,
      error: null,
      startNs: log.timeNs,
      endNs: log.timeNs,
    });
    return true;
  },
};

/** Messages that wait for their answer, per analysis and span. */
const waiting = new WeakMap<Emit, Map<string, Message[]>>();
const MOST = 4096;

function openRequests(emit: Emit): Map<string, Message[]> {
  let open = waiting.get(emit);
  if (open === undefined) waiting.set(emit, (open = new Map()));
  return open;
}

/** The event has the attributes of the span that it was written in. */
function asSpan(log: OtelLog): Span {
  return {
    traceId: log.traceId ?? "",
    spanId: log.spanId ?? "",
    parentSpanId: "",
    name: "",
    kind: "client",
    startNs: log.timeNs,
    endNs: log.timeNs,
    status: { code: "unset", message: null },
    attributes: { "gen_ai.operation.name": "chat", ...fieldsOf(log) },
    events: [],
    links: [],
    dropped: { attributes: 0, events: 0, links: 0 },
    scope: { name: log.scopeName, version: null, attributes: {} },
    resource: log.resource,
    source: log.source,
    line: log.line,
  };
}
