import { scopeOf } from "../../records/evidence.ts";
import type { Sink } from "../../records/format.ts";
import type { LogRecord, OtelLog } from "../../records/records.ts";

/**
 * Gives a log of OTLP on: one whose body is a text, and that is no event, is what a program printed (`LogRecord`);
 * events and structured bodies stay as they are. `index` tells the records of one document apart.
 */
export function giveLog(log: OtelLog, byteOffset: number, index: number, sink: Sink): void {
  const isEvent = log.eventName !== null || EVENT_KEYS.some((key) => typeof log.attributes[key] === "string");
  if (typeof log.body !== "string" || isEvent || EVENT.test(log.body)) sink.otelLog(log);
  else sink.log(recordOf(log, log.body, byteOffset + index));
}

/** Mastra's error logs have the whole call in their attributes. */
const EVENT_KEYS = ["event.name", "mastra.log.errorId"];

/** Claude Code puts the event's name into the body. */
const EVENT = /^[a-z_]{1,40}(?:\.[a-z_]{1,40}){1,6}$/;

function recordOf(log: OtelLog, text: string, byteOffset: number): LogRecord {
  const { attributes, traceId, spanId, source, scopeName } = log;
  const line = log.line ?? 1;
  return {
    line,
    byteOffset,
    byteLength: 0,
    time: log.timeNs,
    level: LEVELS[Math.ceil(log.severity / 4)] ?? null,
    logger: scopeName || null,
    text,
    exception: exceptionOf(attributes),
    lines: text.split("\n").map(() => line),
    fields: Object.fromEntries(Object.entries(attributes).filter(([key]) => !key.startsWith("exception."))),
    envelopes: ["otlp"],
    hits: null,
    truncated: false,
    scope: scopeOf(source, { traceId, spanId }),
  };
}

const LEVELS: readonly LogRecord["level"][] = [null, "trace", "debug", "info", "warn", "error", "fatal"];

function exceptionOf(attributes: Record<string, unknown>): string | null {
  const [type, message, stack] = ["type", "message", "stacktrace"].map((name) => attributes[`exception.${name}`]);
  if (typeof stack === "string" && stack !== "") return stack;
  const head = [type, message].filter((part) => typeof part === "string" && part !== "").join(": ");
  return head === "" ? null : head;
}
