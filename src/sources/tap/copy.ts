import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from "node:zlib";

/** What passes by, kept up to a limit: beyond it the copy is given up and the traffic goes on. */
export interface Copy {
  add(chunk: Uint8Array): void;
  /** The text, decompressed; null when there was too much or it cannot be read. */
  text(encoding: string | undefined): string | null;
  readonly isWhole: boolean;
  /** The bytes as they came; null when there was too much. */
  bytes(): Buffer | null;
  drop(): void;
}

export function createCopy(limit: number): Copy {
  let chunks: Uint8Array[] | null = [];
  let length = 0;
  const bytes = (): Buffer | null => (chunks === null ? null : Buffer.concat(chunks));
  return {
    add(chunk) {
      if (chunks === null) return;
      length += chunk.length;
      if (length > limit) chunks = null;
      else chunks.push(chunk);
    },
    text(encoding) {
      const all = bytes();
      return all === null ? null : decoded(all, (encoding ?? "identity").trim().toLowerCase(), 4 * limit);
    },
    get isWhole() {
      return chunks !== null;
    },
    bytes,
    drop: () => void (chunks = null),
  };
}

/** A compressed answer that was cut gives what it holds up to there. */
function decoded(all: Buffer, encoding: string, maxOutputLength: number): string | null {
  const options = { maxOutputLength };
  try {
    if (encoding === "identity" || encoding === "") return all.toString();
    if (encoding === "gzip" || encoding === "x-gzip")
      return gunzipSync(all, { ...options, finishFlush: SYNC_FLUSH }).toString();
    if (encoding === "br") return brotliDecompressSync(all, { ...options, finishFlush: BROTLI_FLUSH }).toString();
    if (encoding === "deflate") return inflateSync(all, { ...options, finishFlush: SYNC_FLUSH }).toString();
    if (encoding === "zstd") return zstdDecompressSync(all, options).toString();
  } catch {
    // not readable: there are no facts about it
  }
  return null;
}

/** Z_SYNC_FLUSH and BROTLI_OPERATION_FLUSH: give what there is instead of "unexpected end of file". */
const SYNC_FLUSH = 2;
const BROTLI_FLUSH = 1;
