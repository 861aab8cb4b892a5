/** Attributes of OTLP JSON as a plain record: `[{key, value: AnyValue}]`, or what some write instead, a plain object. */
export function attributesOf(list: unknown): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  if (Array.isArray(list)) {
    for (const item of list as { key?: unknown; value?: unknown }[]) {
      if (item === null || typeof item !== "object") continue;
      const key = item.key;
      if (typeof key === "string" && key !== "__proto__") record[key] = anyValue(item.value, 0);
    }
  } else if (typeof list === "object" && list !== null) {
    for (const [key, value] of Object.entries(list)) if (key !== "__proto__") record[key] = value;
  }
  return record;
}

/** An AnyValue of OTLP JSON as a plain value; none of its fields: null. What is no AnyValue is taken as it is. */
export function anyValue(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value ?? null;
  if (depth > MAX_DEPTH) return null;
  const any = value as Any;
  const text = any.stringValue ?? any.string_value;
  if (text !== undefined) return text;
  const int = any.intValue ?? any.int_value;
  if (int !== undefined) return intOf(int);
  const bool = any.boolValue ?? any.bool_value;
  if (bool !== undefined) return bool === true || bool === "true";
  const double = any.doubleValue ?? any.double_value;
  if (double !== undefined) return Number(double);
  const array = any.arrayValue ?? any.array_value;
  if (array !== undefined) return listOf(array).map((item) => anyValue(item, depth + 1));
  const list = any.kvlistValue ?? any.kvlist_value;
  if (list !== undefined) return pairs(listOf(list), depth + 1);
  const bytes = any.bytesValue ?? any.bytes_value;
  if (typeof bytes === "string") return bytesText(Buffer.from(bytes, "base64"));
  return Object.keys(any).length === 0 ? null : value;
}

/** Bytes that are UTF-8 as text (LangSmith sends its JSON so), others as base64. */
export function bytesText(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
  }
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const MAX_DEPTH = 64;

type Any = {
  [key in `${"string" | "int" | "bool" | "double" | "array" | "kvlist" | "bytes"}${"Value" | "_value"}`]?: unknown;
};

/** An int64: a number where that is exact, else its digits. */
export function intOf(value: unknown): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function listOf(value: unknown): unknown[] {
  const values = Array.isArray(value)
    ? value
    : typeof value === "object" && value !== null
      ? (value as { values?: unknown }).values
      : null;
  return Array.isArray(values) ? values : [];
}

function pairs(list: unknown[], depth: number): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const item of list as { key?: unknown; value?: unknown }[]) {
    if (typeof item?.key === "string" && item.key !== "__proto__") record[item.key] = anyValue(item.value, depth);
  }
  return record;
}
