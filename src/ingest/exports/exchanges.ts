import type { Sink } from "../../records/format.ts";
import { firstText, object, text, type Json } from "../json/access.ts";
import type { JsonHandler } from "../json/reader.ts";
import { anyNanos } from "../otlp/times.ts";
import { exchangeOf } from "./exchange.ts";

/**
 * Logs of a proxy in front of a model, one exchange a line or in an array: `{time, method, path, request, status,
 * response | events, complete}`; the request and response are bodies, or objects that hold them under `body`,
 * `content`, `json`, `parsed_body` with `url`, `status_code` and so on.
 */
export function exchanges(source: string, sink: Sink): JsonHandler {
  let index = 0;
  return {
    cut: ["*"],
    document(value, { line }) {
      let read = 0;
      for (const item of Array.isArray(value) ? value : [value]) {
        const exchange = readOne(object(item), source, line, index);
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

function readOne(item: Json, source: string, line: number, index: number): ReturnType<typeof exchangeOf> {
  const request = object(item["request"]);
  const response = object(item["response"]);
  const events = item["events"] ?? item["chunks"] ?? response["events"];
  const status = [
    item["status"],
    item["status_code"],
    response["status"],
    response["status_code"],
    response["statusCode"],
  ].find((value) => typeof value === "number");
  const failure = firstText(item["error"]);
  return exchangeOf({
    source,
    line,
    index,
    timeNs: anyNanos(item["time"] ?? item["timestamp"] ?? item["ts"] ?? item["started_at"] ?? item["created_at"]),
    url: firstText(item["url"], item["path"], request["url"], request["uri"], request["path"]) ?? "",
    status: (status as number | undefined) ?? null,
    request: inner(item["request"] ?? item["request_body"]),
    response:
      item["response"] === undefined && failure !== null
        ? { error: failure }
        : inner(item["response"] ?? item["response_body"]),
    events: Array.isArray(events) ? events : null,
    complete: item["complete"] !== false && item["interrupted"] !== true,
    left: item["left"] === true,
  });
}

/** The body of a request or response that is an object of its own. */
function inner(value: unknown): unknown {
  const json = object(value);
  if (
    text(value) !== null ||
    BODIES.every((key) => !(key in json)) ||
    Array.isArray(json["choices"]) ||
    Array.isArray(json["messages"])
  )
    return value;
  // Anthropic's answer has a `content` of its own, a list.
  const body = BODIES.map((key) => json[key]).find((each) => each !== undefined && each !== null);
  return Array.isArray(body) && "stop_reason" in json ? value : body;
}

const BODIES = ["body", "parsed_body", "json", "content", "data"];
