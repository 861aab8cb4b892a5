import type { Carrier } from "./ingest/carriers/carrier.ts";
import { LONGEST } from "./ingest/carriers/carrier.ts";
import { carrierOf, unpacked } from "./ingest/carriers/registry.ts";
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
  let held: Uint8Array[] = [];
  let length = 0;
  let reader: Reader | null = null;
  /** A document that carries a log is held until it is whole. */
  let document: { carrier: Carrier; told: Sniffed } | null = null;

  function begin(isWhole: boolean): void {
    const head = concat(held, length);
    if (format !== undefined) return start({ format, why: "given" }, head, isWhole);
    const told = tell(head, isWhole);
    const carrier = told.format === "text" ? carrierOf(head) : null;
    if (carrier !== null && !isWhole) {
      held = [head];
      document = { carrier, told };
    } else if (told.format === "text" && isWhole) finish(told, head, carrier);
    else start(told, head, isWhole);
  }

  /** All that there is of a text. */
  function finish(told: Sniffed, bytes: Uint8Array, carrier: Carrier | null): void {
    const text = carrier === null ? null : unpacked(carrier, bytes);
    if (text !== null)
      return start({ format: "text", why: `the text that a document carries: ${carrier!.name}` }, text, true);
    const inside = bytes.length <= HEAD ? dedented(bytes) : null;
    if (inside === null) return start(told, bytes, true);
    const { format: name, why } = tell(inside.bytes, true);
    start(
      { format: name, why: `${why}; without ${JSON.stringify(inside.prefix)} before each line` },
      inside.bytes,
      true,
    );
  }

  function start(told: Sniffed, bytes: Uint8Array, isWhole: boolean): void {
    held = [];
    document = null;
    reader = open(told, isWhole && bytes.length <= HEAD ? bytes : null);
    reader.push(bytes);
  }

  return {
    push(given) {
      const bytes = plain(given);
      if (reader !== null) return reader.push(bytes);
      held.push(new Uint8Array(bytes)); // a copy: the caller may fill its memory again
      length += bytes.length;
      if (document === null) {
        if (length >= HEAD || format !== undefined) begin(false);
      } else if (length > LONGEST) start(document.told, concat(held, length), false);
    },
    end() {
      if (document !== null) finish(document.told, concat(held, length), document.carrier);
      else if (reader === null) begin(true);
      reader!.end();
      ended(reader!);
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
