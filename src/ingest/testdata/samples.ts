import { readFileSync } from "node:fs";

/** One source of each format: the bytes, and what comes out, record by record (`span NAME`, `exchange N messages`). */
export interface Sample {
  format: string;
  bytes: Uint8Array;
  records: string[];
}

/** `text`: the source itself; `file`: one of this folder; `capture`: one of test/captures. */
type Row = { format: string; records: string[]; text?: string; file?: string; capture?: string };

export const SAMPLES: Sample[] = (
  JSON.parse(readFileSync(new URL("samples.json", import.meta.url), "utf8")) as Row[]
).map(({ format, records, text, file, capture }) => ({
  format,
  records,
  bytes:
    text === undefined
      ? readFileSync(new URL(file ?? `../../../test/captures/${capture}`, import.meta.url))
      : new TextEncoder().encode(text),
}));
