import { scopeOf } from "../../records/evidence.ts";
import type { Sink } from "../../records/format.ts";
import type { Exchange } from "../../records/records.ts";
import { firstText, object, objects, type Json } from "../json/access.ts";
import { parseJsonText } from "../json/parse.ts";
import type { JsonHandler } from "../json/reader.ts";
import { anyNanos } from "../otlp/times.ts";
import { exchangeOf } from "./exchange.ts";

/**
 * LiteLLM: the StandardLoggingPayload that its file, S3, GCS and webhook loggers write, and the spend logs of the proxy
 * (`/spend/logs`, the table LiteLLM_SpendLogs), whose objects may be JSON texts; one request a document, or a list.
 */
export function litellm(source: string, sink: Sink): JsonHandler {
  let index = 0;
  return {
    cut: ["*", "data.*"],
    document(value, { line }) {
      let read = 0;
      const list = Array.isArray(value) ? value : object(value)["data"];
      for (const item of Array.isArray(list) ? objects(list) : [object(value)]) {
        const exchange = readOne(item, source, line, index);
        if (exchange === null) {
          sink.drop("not a model request");
          continue;
        }
        index++;
        read++;
        sink.exchange(exchange);
      }
      return read;
    },
  };
}

function readOne(item: Json, source: string, line: number, index: number): Exchange | null {
  const metadata = object(parsed(item["metadata"]));
  const information = object(item["error_information"] ?? metadata["error_information"]);
  const failed = item["status"] === "failure" || firstText(item["error_str"]) !== null;
  const code = Number(information["error_code"]);
  const error = failed
    ? {
        error: {
          message: firstText(information["error_message"], item["error_str"]) ?? "",
          type: firstText(information["error_class"]),
          code: firstText(information["error_code"]),
        },
      }
    : null;
  const exchange = exchangeOf({
    source,
    line,
    index,
    timeNs: anyNanos(item["startTime"] ?? item["start_time"]),
    url: firstText(item["api_base"]) ?? "",
    status: failed ? (code >= 400 ? code : 500) : 200,
    request: requestOf(item),
    response: error ?? parsed(item["response"]),
    events: null,
    complete: true,
  });
  if (exchange === null) return null;
  const conversation = firstText(item["trace_id"], item["session_id"], metadata["session_id"]);
  return {
    ...exchange,
    provider: firstText(item["custom_llm_provider"]) ?? exchange.provider,
    scope: scopeOf(source, { ...exchange.scope, conversation }),
  };
}

/** The proxy keeps the body as it came; without it there are the parameters, and the messages when they are stored. */
function requestOf(item: Json): Json {
  const sent = object(parsed(item["proxy_server_request"]));
  const body = { ...sent, ...object(parsed(sent["body"])) };
  const messages = parsed(item["messages"]);
  return {
    ...body,
    ...object(item["model_parameters"]),
    model: item["model"],
    messages: Array.isArray(messages) && messages.length > 0 ? messages : (body["messages"] ?? body["input"] ?? []),
  };
}

function parsed(value: unknown): unknown {
  return typeof value === "string" ? (parseJsonText(value) ?? value) : value;
}
