import type { Batch, Encoding, Signal } from "../otlp/export.ts";

const SIGNALS: readonly Signal[] = ["traces", "logs", "metrics"];
const ENCODINGS: readonly Encoding[] = ["protobuf", "json"];
const HEAD = 5;

export interface Queued extends Batch {
  /** Nothing in it is malformed, so that it may be joined with others. */
  isClean: boolean;
}

/** A batch as a queue keeps it: 4 bytes length of what follows (big-endian), 1 byte signal, encoding and form, the bytes. */
export function queueFrame({ signal, encoding, bytes, isClean }: Queued): Buffer {
  const frame = Buffer.allocUnsafe(HEAD + bytes.length);
  frame.writeUInt32BE(1 + bytes.length);
  frame[4] = SIGNALS.indexOf(signal) * 4 + ENCODINGS.indexOf(encoding) * 2 + (isClean ? 1 : 0);
  frame.set(bytes, HEAD);
  return frame;
}

/** The frame at `at`, and where the next one begins; null when it is not whole or no frame. */
export function frameAt(data: Buffer, at: number): { batch: Queued; next: number } | null {
  if (at + HEAD > data.length) return null;
  const next = at + 4 + data.readUInt32BE(at);
  const kind = data[at + 4]!;
  const signal = SIGNALS[kind >> 2];
  if (next > data.length || next < at + HEAD || signal === undefined) return null;
  return {
    batch: {
      signal,
      encoding: ENCODINGS[(kind >> 1) & 1]!,
      isClean: (kind & 1) === 1,
      bytes: data.subarray(at + HEAD, next),
    },
    next,
  };
}
