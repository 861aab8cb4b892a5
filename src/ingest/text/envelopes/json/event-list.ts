import type { Peeled } from "../envelope.ts";
import { readTime } from "../time.ts";
import { isObject } from "./parse.ts";

const MOST = 10_000;

/**
 * CloudWatch's documents: `{ "events": [{ timestamp, message, ... }] }` of `aws logs get-log-events`, `logEvents` of a
 * subscription. The messages one below the other, each on the line of its key.
 */
export function readEventList(fields: Record<string, unknown>, object: string): Peeled | null {
  const list = fields["events"] ?? fields["logEvents"];
  if (!Array.isArray(list) || list.length === 0 || !list.every(isEvent)) return null;
  const rows = rowsOf(object);
  const lines: string[] = [];
  const lineOf: number[] = [];
  list.slice(0, MOST).forEach((event, index) => {
    for (const line of event.message.replace(/\r?\n$/, "").split("\n")) {
      lines.push(line);
      lineOf.push(rows[index] ?? rows.at(-1) ?? 0);
    }
  });
  const { events: _events, logEvents: _logEvents, ...rest } = fields;
  return { text: lines.join("\n"), lineOf, time: readTime(list[0]!.timestamp), fields: rest };
}

interface Event {
  message: string;
  timestamp: number;
}

const isEvent = (value: unknown): value is Event =>
  isObject(value) && typeof value["message"] === "string" && typeof value["timestamp"] === "number";

/** The lines of the `"message":` keys; a document on one line has them all on line 0. */
function rowsOf(object: string): number[] {
  if (!object.includes("\n")) return [0];
  return object.split("\n").flatMap((line, index) => (/^\s*"message": "/.test(line) ? [index] : []));
}
