import type { Format, Reader, Sink } from "../records/format.ts";
import { openCsv } from "./csv.ts";
import { openJson, type JsonHandler } from "./json/reader.ts";
import { sniff } from "./sniff.ts";

/** A format whose documents are JSON; it is told by its shape (shapes.ts). */
export function jsonFormat(name: string, handler: (source: string, sink: Sink) => JsonHandler): Format {
  return format(name, (source, sink) => openJson(sink, handler(source, sink)));
}

/** A format whose rows come as JSON documents or as CSV. */
export function tableFormat(name: string, handler: (source: string, sink: Sink) => JsonHandler): Format {
  return format(name, (source, sink) =>
    byFirstByte((first) => (first === BRACE || first === BRACKET ? openJson : openCsv)(sink, handler(source, sink))),
  );
}

/** A reader that is chosen by the first byte of the source that is no white space. */
export function byFirstByte(choose: (first: number) => Reader): Reader {
  let chosen: Reader | null = null;
  return {
    push(bytes) {
      if (chosen === null) {
        const first = bytes.find((byte) => byte > 32 && !MARK.has(byte));
        if (first === undefined) return;
        chosen = choose(first);
      }
      chosen.push(bytes);
    },
    end: () => chosen?.end(),
    get records() {
      return chosen?.records ?? 0;
    },
  };
}

const BRACE = 0x7b;
const BRACKET = 0x5b;
/** Of a byte order mark. */
const MARK = new Set([0xef, 0xbb, 0xbf]);

export function format(name: string, open: (source: string, sink: Sink) => Reader): Format {
  return { name, sniff: (head, whole) => (sniff(head, whole).format === name ? 3 : 0), open };
}
