import { scopeOf } from "../../records/evidence.ts";
import type { Sink } from "../../records/format.ts";
import type { Exchange } from "../../records/records.ts";
import { firstText, object, objects, type Json } from "../json/access.ts";
import type { JsonHandler } from "../json/reader.ts";
import { anyNanos } from "../otlp/times.ts";
import { exchangeOf } from "./exchange.ts";

/** LiteLLM's StandardLoggingPayload, as its file, S3, GCS and webhook loggers write it: one request a document. */
export function litellm(source: string, sink: Sink): JsonHandler {
  let index = 0;
  return {
    cut: ["*"],
    document(value, { line }) {
      let read = 0;
      for (const item of Array.isArray(value) ? objects(value) : [object(value)]) {
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
  const information = object(item["error_information"]);
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
    request: { ...object(item["model_parameters"]), model: item["model"], messages: item["messages"] ?? [] },
    response: error ?? item["response"],
    events: null,
    complete: true,
  });
  if (exchange === null) return null;
  const conversation = firstText(item["trace_id"], object(item["metadata"])["session_id"]);
  return {
    ...exchange,
    provider: firstText(item["custom_llm_provider"]) ?? exchange.provider,
    scope: scopeOf(source, { ...exchange.scope, conversation }),
  };
}
