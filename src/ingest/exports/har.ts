import type { Sink } from "../../records/format.ts";
import { firstText, object, objects, text, type Json } from "../json/access.ts";
import type { JsonHandler } from "../json/reader.ts";
import { nanosOf } from "../otlp/times.ts";
import { exchangeOf } from "./exchange.ts";

/** HAR files (browsers, proxies): the entries that are requests to a model; the others are counted. */
export function har(source: string, sink: Sink): JsonHandler {
  let index = 0;
  return {
    cut: ["log.entries.*"],
    document(value, { line }) {
      let read = 0;
      for (const entry of objects(object(object(value)["log"])["entries"])) {
        const exchange = exchangeOf(rawOf(entry, source, line, index));
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

function rawOf(entry: Json, source: string, line: number, index: number): Parameters<typeof exchangeOf>[0] {
  const request = object(entry["request"]);
  const response = object(entry["response"]);
  const content = object(response["content"]);
  const status = Number(response["status"]);
  const body = text(content["text"]);
  return {
    source,
    line,
    index,
    timeNs: nanosOf(entry["startedDateTime"]),
    url: firstText(request["url"]) ?? "",
    status: status > 0 ? status : null,
    request: object(request["postData"])["text"],
    response:
      body !== null && content["encoding"] === "base64"
        ? Buffer.from(body, "base64").toString("utf8")
        : status > 0
          ? body
          : { error: firstText(response["_error"], entry["_error"], response["statusText"]) ?? "no response" },
    events: null,
    complete: true,
  };
}
