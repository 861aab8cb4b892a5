import { createHash, randomBytes } from "node:crypto";
import { exchangeOf } from "./ingest/exports/exchange.ts";
import type { Exchange, Message } from "./records/records.ts";

/** An exchange with a model as it went over the wire; times in milliseconds since the epoch. */
export interface WireExchange {
  url: string;
  status: number | null;
  request: unknown;
  response: unknown;
  events: readonly unknown[] | null;
  complete: boolean;
  startMs: number;
  endMs: number;
}

/** Spans of exchanges, as ExportTraceServiceRequest in OTLP JSON; null when the exchange is none with a model. */
export type ToSpans = (exchange: WireExchange) => object | null;

/**
 * Makes spans in the words of the GenAI conventions: `chat` for the exchange itself, and `execute_tool` for each call whose
 * result it brings back, from the answer that asked for it to this request. What belongs to one run is told by call ids.
 */
export function createExchangeSpans(): ToSpans {
  const asked = new Map<string, Asked>();

  return (wire) => {
    const exchange = exchangeOf({ ...wire, source: "tap", line: null, index: 0, timeNs: null });
    if (exchange === null) return null;
    const results = exchange.messages.flatMap(({ results }) => results);
    const before = results.map(({ callId }) => asked.get(callId ?? "")).find((known) => known !== undefined);
    const traceId = before?.traceId ?? randomBytes(16).toString("hex");
    const spans: object[] = [];
    for (const { callId, content, isError } of results) {
      const call = asked.get(callId ?? "");
      if (call === undefined || call.isTold) continue;
      call.isTold = true;
      spans.push(toolSpan(call, callId!, content, isError === true, wire.startMs));
    }
    spans.push(chatSpan(exchange, wire, traceId));
    for (const { id, name, argumentsRaw } of exchange.answer?.message.calls ?? []) {
      if (id === null) continue;
      asked.set(id, { traceId, tool: name ?? "", argumentsRaw, sinceMs: wire.endMs, isTold: false });
      if (asked.size > MOST) asked.delete(asked.keys().next().value!);
    }
    return {
      resourceSpans: [
        {
          resource: { attributes: [text("service.name", "misfire-tap")] },
          scopeSpans: [{ scope: { name: "misfire.tap" }, spans }],
        },
      ],
    };
  };
}

interface Asked {
  traceId: string;
  tool: string;
  argumentsRaw: string | null;
  sinceMs: number;
  isTold: boolean;
}

const MOST = 10_000;

function chatSpan(exchange: Exchange, { startMs, endMs, url, status }: WireExchange, traceId: string): object {
  const { model, provider, answer, error, tools, messages } = exchange;
  const failure = error?.message ?? (status === null ? "no answer" : null);
  return {
    ...common(traceId, `chat ${model ?? ""}`.trim(), startMs, endMs),
    kind: 3,
    attributes: [
      text("gen_ai.operation.name", "chat"),
      ...(provider === null ? [] : [text("gen_ai.provider.name", provider)]),
      ...(model === null ? [] : [text("gen_ai.request.model", model)]),
      text("server.address", new URL(url).hostname),
      ...(status === null ? [] : [{ key: "http.response.status_code", value: { intValue: String(status) } }]),
      ...(tools === null || tools.length === 0
        ? []
        : [
            json(
              "gen_ai.tool.definitions",
              tools.map(({ name, description, schema }) => ({
                type: "function",
                name,
                description,
                parameters: schema,
              })),
            ),
          ]),
      json("gen_ai.input.messages", messages.map(messageOf)),
      ...(answer === null
        ? []
        : [json("gen_ai.output.messages", [{ ...messageOf(answer.message), finish_reason: answer.finishReason }])]),
      ...(answer?.finishReason == null
        ? []
        : [
            {
              key: "gen_ai.response.finish_reasons",
              value: { arrayValue: { values: [{ stringValue: answer.finishReason }] } },
            },
          ]),
      ...(failure === null ? [] : [text("error.type", error?.code ?? error?.type ?? String(status ?? "cut"))]),
    ],
    status: failure === null ? {} : { code: 2, message: failure },
  };
}

function toolSpan(
  { traceId, tool, argumentsRaw, sinceMs }: Asked,
  callId: string,
  result: string,
  isError: boolean,
  untilMs: number,
): object {
  return {
    ...common(traceId, `execute_tool ${tool}`, sinceMs, untilMs),
    kind: 1,
    attributes: [
      text("gen_ai.operation.name", "execute_tool"),
      text("gen_ai.tool.name", tool),
      text("gen_ai.tool.call.id", callId),
      ...(argumentsRaw === null ? [] : [text("gen_ai.tool.call.arguments", argumentsRaw)]),
      text("gen_ai.tool.call.result", result),
      ...(isError ? [text("error.type", "tool_error")] : []),
    ],
    status: isError ? { code: 2, message: result.slice(0, 1000) } : {},
  };
}

function common(traceId: string, name: string, startMs: number, endMs: number): object {
  const spanId = createHash("sha256").update(randomBytes(16)).digest("hex").slice(0, 16);
  return { traceId, spanId, name, startTimeUnixNano: nanos(startMs), endTimeUnixNano: nanos(endMs) };
}

function nanos(ms: number): string {
  return String(BigInt(Math.round(ms * 1000)) * 1000n);
}

/** As the conventions have messages: parts of text, tool calls, and tool results. */
function messageOf({ role, text: said, calls, results }: Message): object {
  return {
    role,
    parts: [
      ...(said === null ? [] : [{ type: "text", content: said }]),
      ...calls.map(({ id, name, argumentsRaw }) => ({ type: "tool_call", id, name, arguments: argumentsRaw })),
      ...results.map(({ callId, content }) => ({ type: "tool_call_response", id: callId, response: content })),
    ],
  };
}

function text(key: string, stringValue: string): object {
  return { key, value: { stringValue } };
}

function json(key: string, value: unknown): object {
  return text(key, JSON.stringify(value));
}
