/**
 * Can this file, met inside a directory, hold a log, JSON or OTLP? Told by its first bytes: text of any encoding that
 * has no control characters to speak of, or a protobuf request (bare, or behind its length as the Collector writes it).
 */
export function isReadable(head: Uint8Array): boolean {
  return isText(head) || isRequest(head, 0) || (head.length > 5 && isRequest(head, 4));
}

const LOOK = 4096;

function isText(head: Uint8Array): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true;
  const length = Math.min(head.length, LOOK);
  let odd = 0;
  for (let at = 0; at < length; at++) {
    const byte = head[at]!;
    if (byte === 0 || byte === 0x7f || (byte < 0x20 && !PRINTED.has(byte))) odd++;
  }
  // A log may hold a few: bells, backspaces of progress bars, NULs of a rotated file.
  return odd * 50 <= length;
}

/** Tab, line feed, vertical tab, form feed, carriage return, backspace, escape. */
const PRINTED = new Set([9, 10, 11, 12, 13, 8, 27]);

/** ExportServiceRequest: field 1 (resource_spans, resource_logs), length-delimited, then field 1 or 2 of it: `0a len 0a len`. */
function isRequest(head: Uint8Array, from: number): boolean {
  if (head[from] !== 0x0a) return false;
  let at = from + 1;
  while (at < from + 6 && head[at]! >= 0x80) at++;
  const inner = head[at + 1];
  return inner === 0x0a || inner === 0x12;
}
