import type { LogRecord } from "../../../../records/records.ts";
import { openText } from "../../reader.ts";

/** First and last line of each record. */
export function framed(text: string): [number, number][] {
  const records: LogRecord[] = [];
  const none = () => {};
  const sink = {
    log: (r: LogRecord) => records.push(r),
    span: none,
    otelLog: none,
    exchange: none,
    drop: none,
    note: none,
  };
  const reader = openText("x", sink, null, null);
  const bytes = new TextEncoder().encode(text.replace(/^\n/, ""));
  reader.push(bytes);
  reader.end();
  return records.map(({ line, byteOffset, byteLength }) => {
    const body = bytes.subarray(byteOffset, byteOffset + byteLength);
    const feeds = body.filter((byte) => byte === 10).length;
    return [line, line + feeds - (body.at(-1) === 10 ? 1 : 0)];
  });
}
