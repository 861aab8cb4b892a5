import type { Format, Reader, Sink } from "../records/format.ts";
import { openJson, type JsonHandler } from "./json/reader.ts";
import { sniff } from "./sniff.ts";

/** A format whose documents are JSON; it is told by its shape (shapes.ts). */
export function jsonFormat(name: string, handler: (source: string, sink: Sink) => JsonHandler): Format {
  return format(name, (source, sink) => openJson(sink, handler(source, sink)));
}

export function format(name: string, open: (source: string, sink: Sink) => Reader): Format {
  return { name, sniff: (head, whole) => (sniff(head, whole).format === name ? 3 : 0), open };
}
