import type { LogRecord } from "../../records/records.ts";

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function stringOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** A string as it is, anything else as JSON; null for nothing. */
export function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? null : jsonText(value);
}

export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The JSON object that a record's message is, or its fields where an envelope reader has taken it apart. */
export function objectOf(record: LogRecord): Fields {
  const value = record.text.startsWith("{") ? parseJson(record.text) : undefined;
  return isFields(value) ? value : record.fields;
}
