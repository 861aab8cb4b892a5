import { open, type FileHandle } from "node:fs/promises";

/** A file that grows frame by frame. */
export interface Recording {
  /** Ends when the frame is written: it survives the end of this process, however that comes. */
  append(frame: Uint8Array): Promise<void>;
  close(): Promise<void>;
  readonly bytes: number;
}

/** Opens a file to append frames (frames.ts), without the half frame that a killed process may have left. */
export async function openRecording(path: string): Promise<Recording> {
  const file = await open(path, "a+", 0o600);
  await file.truncate(await wholeFrames(file));
  return openAppender(file);
}

/** Any file that is appended to: lines of text, or one that nobody wrote to before. */
export async function openAppend(path: string): Promise<Recording> {
  return openAppender(await open(path, "a", 0o600));
}

/** What comes while a write runs goes out with the next one. */
function openAppender(file: FileHandle): Recording {
  let waiting: { frame: Uint8Array; done: (error?: Error) => void }[] = [];
  let running: Promise<void> | null = null;
  let bytes = 0;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        await writeAll(file, Buffer.concat(group.map(({ frame }) => frame)));
        for (const { frame, done } of group) {
          bytes += frame.length;
          done();
        }
      } catch (error) {
        for (const { done } of group) done(error as Error);
      }
    }
    running = null;
  }

  return {
    append(frame) {
      return new Promise((resolve, reject) => {
        waiting.push({ frame, done: (error) => (error === undefined ? resolve() : reject(error)) });
        running ??= drain();
      });
    },
    async close() {
      await running;
      await file.close();
    },
    get bytes() {
      return bytes;
    },
  };
}

/** A disk may take less than it was given. When it fails in between, the half that was written is taken back. */
async function writeAll(file: FileHandle, all: Buffer): Promise<void> {
  const { size } = await file.stat();
  try {
    for (let at = 0; at < all.length;) at += (await file.write(all, at)).bytesWritten;
  } catch (error) {
    await file.truncate(size).catch(() => {});
    throw error;
  }
}

async function wholeFrames(file: FileHandle): Promise<number> {
  const { size } = await file.stat();
  const head = Buffer.alloc(4);
  let at = 0;
  while (at + 4 <= size) {
    await file.read(head, 0, 4, at);
    const next = at + 4 + head.readUInt32BE();
    if (next > size) break;
    at = next;
  }
  return at;
}
