import type { Reader, Sink } from "../../records/format.ts";
import { firstText, object, objects, text, type Json } from "../json/access.ts";
import { Growing } from "../json/growing.ts";
import { decode } from "../json/parse.ts";
import { exchangeOf } from "./exchange.ts";

/** Cassettes of vcr.py and the like (YAML): `interactions` with `request` and `response`, bodies as text or parsed. */
export function openVcr(source: string, sink: Sink): Reader {
  const all = new Growing();
  let tooLong = false;
  let records = 0;
  return {
    push(bytes) {
      if (all.length + bytes.length > MAX) tooLong = true;
      else all.append(bytes);
    },
    end() {
      if (tooLong) return sink.drop("cassette over 8 MiB");
      let value: unknown;
      const cassette = decode(all.view());
      try {
        value = sink.yaml?.(cassette);
      } catch {
        return sink.drop("broken YAML");
      }
      const interactions = objects(object(value)["interactions"]);
      if (interactions.length === 0) sink.drop("no interactions");
      const lines = linesOf(cassette);
      const isKnown = lines.length === interactions.length;
      interactions.forEach((interaction, index) => {
        const exchange = exchangeOf(rawOf(interaction, source, isKnown ? lines[index]! : index + 1, index));
        if (exchange === null) return sink.drop("not a model request");
        sink.exchange(exchange);
        records++;
      });
    },
    get records() {
      return records;
    },
  };
}

const MAX = 1 << 23;

/** The lines at which interactions begin: without them one could not be told from the next. */
function linesOf(cassette: string): number[] {
  const lines: number[] = [];
  let line = 1;
  for (let at = 0; at >= 0; line++) {
    if (/^ {0,4}- request:/.test(cassette.slice(at, at + 16))) lines.push(line);
    const end = cassette.indexOf("\n", at);
    at = end < 0 ? -1 : end + 1;
  }
  return lines;
}

function rawOf(interaction: Json, source: string, line: number, index: number): Parameters<typeof exchangeOf>[0] {
  const request = object(interaction["request"]);
  const response = object(interaction["response"]);
  const status = response["status"];
  const code = typeof status === "number" ? status : object(status)["code"];
  return {
    source,
    line,
    index,
    timeNs: null,
    url: firstText(request["uri"], request["url"]) ?? "",
    status: typeof code === "number" ? code : null,
    request: request["parsed_body"] ?? bodyText(request["body"]),
    response: response["parsed_body"] ?? bodyText(response["body"] ?? response["content"]),
    events: null,
    complete: true,
  };
}

function bodyText(body: unknown): unknown {
  if (body instanceof Uint8Array) return decode(body);
  const inner = object(body)["string"];
  return inner instanceof Uint8Array ? decode(inner) : (text(body) ?? text(inner) ?? body);
}
