/**
 * A trace or span id as lower-case hex, whatever the exporter wrote: hex in any case, `0x`, UUID, base64 (Tempo v1,
 * MLflow 3), a byte array or Node's `{type: "Buffer", data: []}`. An id of another product is kept as it is; empty and
 * all-zero ids are none.
 */
export function idOf(value: unknown): string | null {
  const text = typeof value === "string" ? value : bytesOf(value);
  if (text === null || text === "" || /^[0-]+$/.test(text)) return null;
  if (HEX.test(text)) return text.toLowerCase();
  if (text.startsWith("0x")) return idOf(text.slice(2).padStart(text.length > 18 ? 32 : 16, "0"));
  if (UUID.test(text)) return text.replaceAll("-", "").toLowerCase();
  if (BASE64.test(text)) return idOf(Buffer.from(text, "base64").toString("hex"));
  return text;
}

const HEX = /^(?:[0-9a-fA-F]{16}){1,2}$/;
const UUID = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;
/** 16 or 8 bytes. */
const BASE64 = /^(?:[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{11}=)$/;

function bytesOf(value: unknown): string | null {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value.toString(16).padStart(16, "0");
  const data = Array.isArray(value)
    ? value
    : typeof value === "object" && value !== null
      ? (value as { data?: unknown }).data
      : null;
  if (!Array.isArray(data) || data.length > 16) return null;
  return Buffer.from(data.map(Number)).toString("hex");
}
