import type { Sink } from "../../records/format.ts";
import type { OtelLog, Span } from "../../records/records.ts";
import { firstText, object, objects, text, type Json } from "../json/access.ts";
import { parseJsonText } from "../json/parse.ts";
import type { JsonHandler } from "../json/reader.ts";
import { codeOf, kindOf } from "../otlp/enums.ts";
import { idOf } from "../otlp/ids.ts";
import { anyNanos } from "../otlp/times.ts";
import { exportedSpan, giveSpans } from "./span.ts";

/**
 * AWS CloudWatch: the log group `aws/spans` (Transaction Search; Bedrock AgentCore's traces) and AgentCore's log records, one
 * OTel span or log record each with attributes as an object, as lines, in a list, or in what `aws logs filter-log-events`
 * prints (`{events: [{message: "{...}"}]}`). A span ends at `endTimeUnixNano`, or after `durationNano`.
 */
export function cloudwatch(source: string, sink: Sink): JsonHandler {
  return {
    cut: ["events.*", "*"],
    document(value, { line }) {
      let count = 0;
      for (const item of itemsIn(value)) {
        if (!("body" in item)) count += giveSpans([spanOf(item, source, line)], sink);
        else {
          sink.otelLog(logOf(item, source, line));
          count++;
        }
      }
      return count;
    },
  };
}

function itemsIn(value: unknown): Json[] {
  const events = object(value)["events"];
  const list = Array.isArray(value)
    ? objects(value)
    : Array.isArray(events) && !("name" in object(value))
      ? objects(events)
      : [object(value)];
  return list.map(eventIn);
}

/** The record in an event of the log. */
export function eventIn(item: Json): Json {
  const message = item["message"] ?? item["@message"];
  return typeof message === "string" && message.startsWith("{") ? object(parseJsonText(message)) : item;
}

function spanOf(item: Json, source: string, line: number): Span | null {
  const scope = object(item["scope"]);
  const status = object(item["status"]);
  const startNs = anyNanos(item["startTimeUnixNano"]);
  const duration = Number(item["durationNano"]);
  return exportedSpan(
    source,
    line,
    { traceId: item["traceId"], spanId: item["spanId"], parentSpanId: item["parentSpanId"] },
    {
      name: text(item["name"]) ?? "",
      kind: kindOf(item["kind"]),
      startNs,
      endNs:
        anyNanos(item["endTimeUnixNano"]) ??
        (startNs === null || !Number.isSafeInteger(duration) ? null : startNs + BigInt(duration)),
      status: { code: codeOf(status["code"]), message: firstText(status["message"]) },
      attributes: { ...object(item["attributes"]) },
      events: objects(item["events"]).map((event) => ({
        timeNs: anyNanos(event["timeUnixNano"]),
        name: text(event["name"]) ?? "",
        attributes: { ...object(event["attributes"]) },
      })),
      scope: { name: text(scope["name"]) ?? "", version: text(scope["version"]), attributes: {} },
      resource: { ...object(object(item["resource"])["attributes"]) },
    },
  );
}

function logOf(item: Json, source: string, line: number): OtelLog {
  const attributes = { ...object(item["attributes"]) };
  return {
    timeNs: anyNanos(item["timeUnixNano"]) ?? anyNanos(item["observedTimeUnixNano"]),
    severity: Number(item["severityNumber"]) || 0,
    eventName: firstText(item["eventName"], attributes["event.name"]),
    body: item["body"],
    attributes,
    traceId: idOf(item["traceId"]),
    spanId: idOf(item["spanId"]),
    scopeName: text(object(item["scope"])["name"]) ?? "",
    resource: { ...object(object(item["resource"])["attributes"]) },
    source,
    line,
  };
}
