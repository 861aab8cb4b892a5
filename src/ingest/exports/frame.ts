import { object, objects, type Json } from "../json/access.ts";

/**
 * The rows of a pandas data frame as `to_json` writes it: `records` (a list), `columns` (`{column: {index: value}}`, the
 * default), `index` (`{index: row}`), `split` (`{columns, index, data: [[...]]}`), `table` (`{schema, data: [row]}`).
 * Anything else is one row.
 */
export function frameRows(value: unknown): Json[] {
  if (Array.isArray(value)) return objects(value);
  const frame = object(value);
  const { columns, data } = frame;
  if (Array.isArray(columns) && Array.isArray(data) && columns.every((name) => typeof name === "string"))
    return data.map((row) => rowOf(columns as string[], row));
  if (Array.isArray(data) && "schema" in frame) return objects(data);
  const entries = Object.entries(frame);
  const [name = "", first] = entries[0] ?? [];
  if (typeof first !== "object" || first === null || Array.isArray(first)) return [frame];
  if (INDEX.test(name)) return entries.map(([, row]) => object(row));
  const indexes = Object.keys(first);
  if (indexes.length === 0 || !indexes.every((index) => INDEX.test(index))) return [frame];
  return indexes.map((index) => Object.fromEntries(entries.map(([column, values]) => [column, object(values)[index]])));
}

/** Row numbers; Phoenix' rows go by their span ids. */
const INDEX = /^(?:\d{1,9}|[0-9a-f]{16})$/;

function rowOf(columns: readonly string[], row: unknown): Json {
  return Array.isArray(row) ? Object.fromEntries(columns.map((name, at) => [name, row[at] as unknown])) : {};
}
