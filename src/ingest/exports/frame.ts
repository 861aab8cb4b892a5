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
    return data.map((row, at) =>
      withIndex((frame["index"] as unknown[] | undefined)?.[at], rowOf(columns as string[], row)),
    );
  if (Array.isArray(data) && "schema" in frame) return objects(data);
  const entries = Object.entries(frame);
  const [name = "", first] = entries[0] ?? [];
  if (typeof first !== "object" || first === null || Array.isArray(first)) return [frame];
  if (INDEX.test(name)) return entries.map(([index, row]) => withIndex(index, object(row)));
  const indexes = Object.keys(first);
  if (indexes.length === 0 || !indexes.every((index) => INDEX.test(index))) return [frame];
  const rows = new Map(indexes.map((index) => [index, { ...withIndex(index, {}) } as Record<string, unknown>]));
  for (const [column, values] of entries)
    for (const [index, value] of Object.entries(object(values))) {
      const row = rows.get(index);
      if (row !== undefined && column !== "__proto__") row[column] = value;
    }
  return [...rows.values()];
}

/** An index that is no row number is a column too. */
function withIndex(index: unknown, row: Json): Json {
  return typeof index === "string" && index.length === 16 ? { index, ...row } : row;
}

/** Row numbers; Phoenix' rows go by their span ids. */
const INDEX = /^(?:\d{1,9}|[0-9a-f]{16})$/;

function rowOf(columns: readonly string[], row: unknown): Json {
  return Array.isArray(row)
    ? Object.fromEntries(row.slice(0, columns.length).map((value: unknown, at) => [columns[at] as string, value]))
    : {};
}
