import { sniff, type Sniffed } from "./ingest/sniff.ts";
import { dedented } from "./ingest/text/dedent.ts";
import type { Reader } from "./records/format.ts";

/** A source of bytes: its head is kept until its format is known, then all goes to the format's reader. */
export interface ByteSource {
  push(bytes: Uint8Array): void;
  end(): void;
}

interface Opens {
  /** The format, where it is known; else it is told by content. */
  format: string | undefined;
  /** `whole`: all bytes of a source shorter than a head, else null. */
  open(told: Sniffed, whole: Uint8Array | null): Reader;
  ended(reader: Reader): void;
}

/** Bytes that tell a format: those of the longest preamble known, a HAR's or a Grafana export's. */
const HEAD = 64 * 1024;

export function createByteSource({ format, open, ended }: Opens): ByteSource {
  let head: Uint8Array[] = [];
  let length = 0;
  let reader: Reader | null = null;

  function begin(isWhole: boolean): Reader {
    let first = concat(head, length);
    head = [];
    let told = format === undefined ? tell(first, isWhole) : { format, why: "given" };
    const inside = isWhole && format === undefined && told.format === "text" ? dedented(first) : null;
    if (inside !== null) {
      first = inside.bytes;
      told = tell(first, true);
      told = { ...told, why: `${told.why}; without ${JSON.stringify(inside.prefix)} before each line` };
    }
    reader = open(told, isWhole ? first : null);
    reader.push(first);
    return reader;
  }

  return {
    push(given) {
      const bytes = plain(given);
      if (reader !== null) return reader.push(bytes);
      head.push(new Uint8Array(bytes)); // a copy: the caller may fill its memory again
      length += bytes.length;
      if (length >= HEAD || format !== undefined) begin(false);
    },
    end() {
      const opened = reader ?? begin(true);
      opened.end();
      ended(opened);
    },
  };
}

/** A fault of ours costs the format, not the source. */
function tell(head: Uint8Array, isWhole: boolean): Sniffed {
  try {
    return sniff(head, isWhole);
  } catch (error) {
    return { format: "text", why: `telling the format failed: ${error instanceof Error ? error.message : error}` };
  }
}

/** A Buffer as the plain bytes that it is: its `slice` shares memory where that of others copies. */
function plain(bytes: Uint8Array): Uint8Array {
  return bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

function concat(blocks: Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}
