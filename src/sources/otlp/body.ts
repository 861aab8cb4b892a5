import type { IncomingMessage } from "node:http";
import type { Transform } from "node:stream";
import { createGunzip, createInflate, createZstdDecompress } from "node:zlib";

/** A body that cannot be taken, with the HTTP status that says why. */
export class BodyError extends Error {
  readonly status: 400 | 413 | 415 | 503;

  constructor(status: 400 | 413 | 415 | 503, message: string) {
    super(message);
    this.status = status;
  }
}

/** Room for the bodies that are being read, shared by all requests: what does not fit is refused, to be sent again. */
export interface Room {
  take(bytes: number): boolean;
  give(bytes: number): void;
}

export function createRoom(most: number): Room {
  let used = 0;
  return {
    take(bytes) {
      if (used + bytes > most) return false;
      used += bytes;
      return true;
    },
    give: (bytes) => void (used -= bytes),
  };
}

/**
 * The body, decompressed. Both its length on the wire and what it becomes are limited; the room that it takes is given
 * back by the caller (`held`).
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  room: Room,
  held: { bytes: number },
): Promise<Buffer> {
  const declared = Number(request.headers["content-length"] ?? 0);
  if (declared > limit) throw tooBig(limit);
  const encoding = (request.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  const open = DECODERS.get(encoding);
  if (open === undefined)
    throw new BodyError(415, `Content-Encoding ${encoding} is not supported; use gzip, deflate or zstd`);
  const decoder = open?.() ?? null;
  let onWire = 0;
  const chunks: Buffer[] = [];
  let length = 0;

  function keep(chunk: Buffer): void {
    length += chunk.length;
    if (length > limit) throw tooBig(limit);
    if (!room.take(chunk.length)) throw new BodyError(503, "too many requests at the same time");
    held.bytes += chunk.length;
    chunks.push(chunk);
  }

  try {
    if (decoder === null) for await (const chunk of request) keep(chunk as Buffer);
    else {
      request.on("data", (chunk: Buffer) => {
        onWire += chunk.length;
        if (onWire > limit) decoder.destroy(tooBig(limit));
      });
      request.on("aborted", () => decoder.destroy(new BodyError(400, "the connection was cut")));
      request.pipe(decoder);
      for await (const chunk of decoder) keep(chunk as Buffer);
    }
  } catch (error) {
    request.unpipe();
    decoder?.destroy();
    if (error instanceof BodyError) throw error;
    throw new BodyError(400, `the body cannot be read: ${(error as Error).message}`);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

/** Null: as it is. The form that HTTP calls deflate is that of zlib. */
const DECODERS = new Map<string, (() => Transform) | null>([
  ["identity", null],
  ["", null],
  ["gzip", createGunzip],
  ["x-gzip", createGunzip],
  ["deflate", createInflate],
  ["zlib", createInflate],
  ["zstd", createZstdDecompress],
]);

function tooBig(limit: number): BodyError {
  return new BodyError(413, `the request is larger than ${limit} bytes; send smaller batches`);
}
