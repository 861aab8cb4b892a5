import type { LogRecord } from "../../records/records.ts";
import { isFields, objectOf, parseJson } from "./json.ts";
import type { Fields } from "./json.ts";

/** An event that was streamed to a user interface: a JSON object a line, or the `data:` of an SSE stream. */
export function eventOf(record: LogRecord): Fields {
  const data = DATA.exec(record.text)?.[0];
  if (data === undefined) return objectOf(record);
  const value = parseJson(record.text.slice(data.length));
  return isFields(value) ? value : {};
}

const DATA = /^\s{0,4}data: ?(?=\{)/;
