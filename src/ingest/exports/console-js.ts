import type { Reader, Sink } from "../../records/format.ts";
import type { Span } from "../../records/records.ts";
import { object, objects, text, type Json } from "../json/access.ts";
import { findByte } from "../json/find-byte.ts";
import { Growing } from "../json/growing.ts";
import { decode } from "../json/parse.ts";
import { codeOf, kindOf } from "../otlp/enums.ts";
import { nanosOf, scaled } from "../otlp/times.ts";
import { exportedSpan } from "./span.ts";
import { parseInspect } from "./inspect.ts";

/** What the JS ConsoleSpanExporter prints, by util.inspect: no JSON. Values deeper than three levels are lost there; prefer an OTLP file. */
export function openConsoleJs(source: string, sink: Sink): Reader {
  const rest = new Growing();
  let line = 1;
  let records = 0;
  sink.note(
    "console spans of the JS SDK lose what is nested deeper than three levels: write OTLP JSON to a file instead",
  );

  function take(data: Uint8Array, last: boolean): number {
    let at = 0;
    for (;;) {
      // A span ends with a brace at the start of a line.
      const close = indexOfClose(data, at);
      if (close < 0 && !last) {
        if (data.length - at > MAX_SPAN) sink.drop("console span over 1 MiB");
        return data.length - at > MAX_SPAN ? data.length : at;
      }
      const end = close < 0 ? data.length : close + 3;
      const block = decode(data.subarray(at, end));
      read(block);
      line += block.split("\n").length - 1;
      at = end;
      if (at >= data.length) return at;
    }
  }

  function read(block: string): void {
    const start = block.search(/^\{$/m);
    if (start < 0) {
      if (block.trim() !== "") sink.drop("not a console span");
      return;
    }
    const value = parseInspect(block, start)?.value;
    const span =
      value === undefined ? null : jsSpan(object(value), source, line + block.slice(0, start).split("\n").length - 1);
    if (span === null) return sink.drop("not a console span");
    sink.span(span);
    records++;
  }

  return {
    push(bytes) {
      const used = take(rest.append(bytes), false);
      rest.drop(used);
    },
    end() {
      if (rest.length > 0) take(rest.view(), true);
      rest.drop(rest.length);
    },
    get records() {
      return records;
    },
  };
}

const MAX_SPAN = 1 << 20;

/** The line break before a brace that stands alone on its line. */
function indexOfClose(data: Uint8Array, from: number): number {
  for (let at = findByte(data, 0x7d, from + 1); at >= 0 && at + 1 < data.length; at = findByte(data, 0x7d, at + 1)) {
    if (data[at - 1] === 10 && (data[at + 1] === 10 || data[at + 1] === 13)) return at - 1;
  }
  return -1;
}

/** One span as it was printed; null when it is none. The kinds are those of the API, OTLP's minus one. */
export function jsSpan(value: Json, source: string, line: number | null): Span | null {
  const scope = object(value["instrumentationScope"] ?? value["instrumentationLibrary"]);
  const status = object(value["status"]);
  const start = scaled(Number(value["timestamp"]), 1000);
  const kind = value["kind"];
  return exportedSpan(
    source,
    line,
    {
      traceId: value["traceId"],
      spanId: value["id"],
      parentSpanId: object(value["parentSpanContext"])["spanId"] ?? value["parentId"],
    },
    {
      name: text(value["name"]) ?? "",
      kind: kindOf(typeof kind === "number" ? kind + 1 : kind),
      startNs: start,
      endNs: start === null ? null : start + (scaled(Number(value["duration"]), 1000) ?? 0n),
      status: { code: codeOf(status["code"]), message: text(status["message"]) },
      attributes: { ...object(value["attributes"]) },
      events: objects(value["events"]).map((event) => ({
        timeNs: nanosOf(event["time"]),
        name: text(event["name"]) ?? "",
        attributes: { ...object(event["attributes"]) },
      })),
      scope: { name: text(scope["name"]) ?? "", version: text(scope["version"]), attributes: {} },
      resource: { ...object(object(value["resource"])["attributes"]) },
    },
  );
}
