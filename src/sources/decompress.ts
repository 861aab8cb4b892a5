import { createGunzip, createZstdDecompress, type Gunzip, type ZstdDecompress } from "node:zlib";
import { Engine } from "./engine.ts";
import type { Blocks } from "./receiver.ts";

/**
 * The blocks as they are, or decompressed when they begin as gzip or zstd (also of several members or frames). Throws
 * the archive's error after all that could be decompressed was given.
 */
export async function* decompressed(blocks: Blocks): Blocks {
  const source = blocks[Symbol.asyncIterator]();
  try {
    const head = await longEnough(new Uint8Array(0), source);
    const open = opener(head);
    if (open) yield* through(open, head, source);
    else if (head.length > 0) yield head;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  } finally {
    await source.return?.();
  }
}

type Source = AsyncIterator<Uint8Array>;
type Opener = () => Gunzip | ZstdDecompress;

const CHUNK = { chunkSize: 1 << 19 };
const MAGIC = 4;

/** By the magic number: RFC 1952 (third byte: deflate is the only method) and RFC 8878 section 3.1 (frames; skippable frames, which pzstd puts first). */
function opener(head: Uint8Array): Opener | null {
  const [a, b, c, d] = head;
  if (a === 0x1f && b === 0x8b && c === 0x08) return () => createGunzip(CHUNK);
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return () => createZstdDecompress(CHUNK);
  if (a !== undefined && a >> 4 === 5 && b === 0x2a && c === 0x4d && d === 0x18)
    return () => createZstdDecompress(CHUNK);
  return null;
}

/** At least as many bytes as a magic number has, unless the source ends: a pipe may give single bytes. */
async function longEnough(start: Uint8Array, source: Source): Promise<Uint8Array> {
  if (start.length >= MAGIC) return start;
  let head: Uint8Array = Buffer.from(start);
  while (head.length < MAGIC) {
    const next = await source.next();
    if (next.done) break;
    head = head.length === 0 && next.value.length >= MAGIC ? next.value : Buffer.concat([head, next.value]);
  }
  return head;
}

/**
 * One block in, all that it gives out, then the next: the block is used again after the next read, and an archive that
 * is cut must not lose what its last block held. Node's zstd stops after the first frame: what is left goes to a new one.
 */
async function* through(first: Opener, head: Uint8Array, source: Source): Blocks {
  let block = head;
  for (let open: Opener | null = first; block.length > 0; open = opener(block)) {
    if (!open) throw new Error("bytes follow the archive that are no archive; they were left out");
    const engine = new Engine(open());
    try {
      let left: Uint8Array = block.subarray(block.length);
      while (block.length > 0 && left.length === 0) {
        const before: number = engine.consumed;
        yield* engine.take(block);
        left = block.subarray(engine.consumed - before);
        block = left.length > 0 ? await longEnough(left, source) : await nextOf(source);
      }
      if (block.length === 0) yield* engine.take(null);
    } finally {
      engine.close();
    }
  }
}

async function nextOf(source: Source): Promise<Uint8Array> {
  const next = await source.next();
  return next.done ? new Uint8Array(0) : next.value;
}
