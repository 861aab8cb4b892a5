import { ByteTable } from "./byte-table.ts";

/** The fields of a span in OTLP JSON that are looked at; those that count what was lost are one. */
export type Field = number;
const OTHER = 0;
export const ATTRIBUTES = 1;
export const TRACE_ID = 2;
export const SPAN_ID = 3;
export const PARENT_ID = 4;
export const NAME = 5;
export const KIND = 6;
export const START = 7;
export const END = 8;
export const STATUS = 9;
export const EVENTS = 10;
export const DROPPED = 11;
const NAMES = new Map<string, Field>([
  ["attributes", ATTRIBUTES],
  ["traceId", TRACE_ID],
  ["spanId", SPAN_ID],
  ["parentSpanId", PARENT_ID],
  ["name", NAME],
  ["kind", KIND],
  ["startTimeUnixNano", START],
  ["endTimeUnixNano", END],
  ["status", STATUS],
  ["events", EVENTS],
  ["droppedAttributesCount", DROPPED],
  ["droppedEventsCount", DROPPED],
  ["droppedLinksCount", DROPPED],
]);
/** By name, in either spelling. */
export const FIELDS = new ByteTable<Field>(
  (name) => NAMES.get(name.replace(/_([a-z])/g, (_, char: string) => char.toUpperCase())) ?? OTHER,
);
