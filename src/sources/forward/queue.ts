import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { openAppend, type Recording } from "../record/record.ts";
import { frameAt, queueFrame, type Queued } from "./frame.ts";

/**
 * Batches on their way, in files of a folder: what was put in is there after the process was killed. Taken out in order;
 * what was sent when it was killed may be sent twice, as OTLP allows.
 */
export interface Queue {
  /** Ends when the batch is on disk; false when the queue is full. */
  put(batch: Queued): Promise<boolean>;
  /** The oldest batches, of one kind, that go into one request; empty when there are none. */
  peek(mostBytes: number): Promise<Queued[]>;
  /** What `peek` gave is done with. */
  done(): void;
  close(): Promise<void>;
  /** Bytes that wait. */
  readonly bytes: number;
}

const SEGMENT = 8 << 20;
const NAME = /^(\d{8})\.queue$/;

export async function openQueue(folder: string, mostBytes: number): Promise<Queue> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const numbers = readdirSync(folder)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
  const pathOf = (number: number): string => join(folder, `${String(number).padStart(8, "0")}.queue`);
  const cursor = readCursor(join(folder, "cursor"));
  // an old segment may end in half a frame: new batches go to a new one
  let last = (numbers.at(-1) ?? 0) + 1;
  let head = numbers[0] ?? last;
  let offset = cursor?.segment === head ? cursor.offset : 0;
  let bytes = numbers.reduce((sum, number) => sum + statSync(pathOf(number)).size, 0) - offset;
  let segment: Recording = await openAppend(pathOf(last));
  let written = 0;
  /** What was read of the oldest segment, from `base` on, as far as it was there. */
  let data: { number: number; base: number; content: Buffer } | null = null;
  let peeked: { next: number; bytes: number } | null = null;

  async function put(batch: Queued): Promise<boolean> {
    const frame = queueFrame(batch);
    if (bytes + frame.length > mostBytes) return false;
    bytes += frame.length;
    if (written > SEGMENT) {
      const full = segment;
      written = 0;
      segment = await openAppend(pathOf(++last));
      void full.close();
    }
    written += frame.length;
    try {
      await segment.append(frame);
    } catch (error) {
      bytes -= frame.length;
      throw error;
    }
    return true;
  }

  async function peek(most: number): Promise<Queued[]> {
    for (;;) {
      if (data?.number !== head || frameAt(data.content, offset - data.base) === null)
        data = { number: head, base: offset, content: await readFrom(pathOf(head), offset) };
      const { base, content } = data;
      const batches: Queued[] = [];
      let [at, length] = [offset - base, 0];
      for (let found = frameAt(content, at); found !== null; found = frameAt(content, at)) {
        const first = batches[0];
        if (first !== undefined && (length + found.batch.bytes.length > most || !fits(first, found.batch))) break;
        batches.push(found.batch);
        length += found.batch.bytes.length;
        at = found.next;
      }
      if (batches.length > 0) {
        peeked = { next: base + at, bytes: base + at - offset };
        return batches;
      }
      if (head >= last) return [];
      // the end of a segment, or the half frame that a killed process left
      bytes -= content.length - (offset - base);
      rmSync(pathOf(head), { force: true });
      head++;
      offset = 0;
      save();
    }
  }

  function done(): void {
    if (peeked === null) return;
    offset = peeked.next;
    bytes -= peeked.bytes;
    peeked = null;
    save();
  }

  function save(): void {
    const path = join(folder, "cursor");
    writeFileSync(`${path}.new`, JSON.stringify({ segment: head, offset }));
    renameSync(`${path}.new`, path);
  }

  return {
    put,
    peek,
    done,
    close: () => segment.close(),
    get bytes() {
      return bytes;
    },
  };
}

async function readFrom(path: string, from: number): Promise<Buffer> {
  const file = await open(path, "r").catch(() => null);
  if (file === null) return Buffer.alloc(0);
  try {
    const content = Buffer.alloc(Math.max(0, (await file.stat()).size - from));
    const { bytesRead } = await file.read(content, 0, content.length, from);
    return content.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Protobuf requests of one signal become one by standing behind each other: their only field is repeated. */
function fits(a: Queued, b: Queued): boolean {
  return a.signal === b.signal && [a, b].every(({ encoding, isClean }) => encoding === "protobuf" && isClean);
}

function readCursor(path: string): { segment: number; offset: number } | null {
  try {
    const { segment, offset } = JSON.parse(readFileSync(path, "utf8")) as { segment: unknown; offset: unknown };
    return Number.isSafeInteger(segment) && Number.isSafeInteger(offset)
      ? { segment: segment as number, offset: offset as number }
      : null;
  } catch {
    return null;
  }
}
