import type { OtelLog } from "../../records/records.ts";
import { text, type Json } from "../json/access.ts";
import { idOf } from "./ids.ts";
import { nanosOf } from "./times.ts";
import { anyValue, attributesOf } from "./values.ts";

/** A LogRecord of OTLP JSON, in either spelling. */
export function logOf(
  log: Json,
  scopeName: string,
  resource: Record<string, unknown>,
  { source, line }: { source: string; line: number | null },
): OtelLog {
  return {
    timeNs:
      nanosOf(log["timeUnixNano"] ?? log["time_unix_nano"]) ??
      nanosOf(log["observedTimeUnixNano"] ?? log["observed_time_unix_nano"]),
    severity: severityOf(log["severityNumber"] ?? log["severity_number"]),
    eventName: text(log["eventName"] ?? log["event_name"]) || null,
    body: anyValue(log["body"], 0),
    attributes: attributesOf(log["attributes"]),
    traceId: idOf(log["traceId"] ?? log["trace_id"]),
    spanId: idOf(log["spanId"] ?? log["span_id"]),
    scopeName,
    resource,
    source,
    line,
  };
}

/** `SEVERITY_NUMBER_ERROR2` is 18. */
function severityOf(value: unknown): number {
  if (typeof value === "number") return Number.isInteger(value) && value > 0 && value <= 24 ? value : 0;
  const match = /^SEVERITY_NUMBER_(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)([2-4]?)$/.exec(
    typeof value === "string" ? value : "",
  );
  if (match === null) return 0;
  return ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"].indexOf(match[1] as string) * 4 + Number(match[2] || 1);
}
