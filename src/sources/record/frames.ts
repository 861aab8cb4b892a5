import { zstdCompressSync } from "node:zlib";
import type { Batch } from "../otlp/export.ts";

/**
 * A batch behind its length (4 bytes, big-endian), as the Collector's file exporter writes protobuf; JSON as a zstd frame,
 * the other form that it has. Null for an empty batch: it says nothing.
 */
export function frameOf({ encoding, bytes }: Pick<Batch, "encoding" | "bytes">): Buffer | null {
  if (bytes.length === 0) return null;
  const body = encoding === "protobuf" ? bytes : zstdCompressSync(bytes);
  const frame = Buffer.allocUnsafe(4 + body.length);
  frame.writeUInt32BE(body.length);
  frame.set(body, 4);
  return frame;
}
