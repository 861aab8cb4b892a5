import { closeSync, fstatSync, statSync, type Stats } from "node:fs";
import { decompressed } from "./decompress.ts";
import { fileBlocks, openFile } from "./file.ts";
import { isProgram } from "./program.ts";
import { isReadable } from "./readable.ts";
import { reasonOf } from "./reason.ts";
import type { Blocks, Input, Receiver } from "./receiver.ts";
import { isTerminal, streamBlocks } from "./stream.ts";
import { walk } from "./walk.ts";

/**
 * Reads files, directories (recursively) and `-` (stdin) in the order given: plain, gzip or zstd, told by content.
 * What cannot be read is reported and the rest is read. Ends early, without a throw, when the signal is aborted.
 */
export async function readInputs(paths: readonly string[], to: Receiver, signal: AbortSignal): Promise<void> {
  for (const path of paths) {
    if (signal.aborted) return;
    if (path === "-") await readDescriptor("-", 0, false, to, signal);
    else await readPath(path, to, signal);
  }
}

async function readPath(path: string, to: Receiver, signal: AbortSignal): Promise<void> {
  const stats = statOf(path, to);
  if (!stats) return;
  if (!stats.isDirectory()) return readFile(path, stats, false, to, signal);
  for (const entry of walk(path)) {
    if (signal.aborted) return;
    if (entry.problem) to.problem({ kind: "unreadable", name: entry.path, reason: entry.problem });
    else if (isProgram(entry.path)) to.skipped(entry.path);
    else {
      const inner = statOf(entry.path, to);
      if (inner?.isFile()) await readFile(entry.path, inner, true, to, signal);
    }
  }
}

function statOf(path: string, to: Receiver): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    to.problem({ kind: "unreadable", name: path, reason: reasonOf(error) });
    return null;
  }
}

async function readFile(path: string, stats: Stats, choosy: boolean, to: Receiver, signal: AbortSignal): Promise<void> {
  let descriptor: number;
  try {
    descriptor = openFile(path, stats.isFile());
  } catch (error) {
    to.problem({ kind: "unreadable", name: path, reason: reasonOf(error) });
    return;
  }
  await readDescriptor(path, descriptor, choosy, to, signal);
}

async function readDescriptor(
  name: string,
  descriptor: number,
  choosy: boolean,
  to: Receiver,
  signal: AbortSignal,
): Promise<void> {
  let input: Input | null = null;
  let streamed = false;
  try {
    const stats = fstatSync(descriptor);
    const size = stats.isFile() ? stats.size : null;
    streamed = stats.isFIFO() || stats.isSocket() || isTerminal(descriptor);
    const raw = streamed
      ? streamBlocks(descriptor, signal)
      : fileBlocks(descriptor, size !== null && descriptor !== 0, signal);
    for await (const block of decompressed(counted(raw, (read) => to.progress(name, read, size)))) {
      if (!input) {
        if (choosy && !isReadable(block)) {
          to.skipped(name);
          return;
        }
        input = to.open(name);
      }
      // Plain bytes: `slice` of a Buffer would share the block that is used again, where readers mean to copy.
      input.push(new Uint8Array(block.buffer, block.byteOffset, block.byteLength));
      if (signal.aborted) break;
    }
    input ??= choosy ? null : to.open(name);
  } catch (error) {
    to.problem({ kind: input ? "damaged" : "unreadable", name, reason: reasonOf(error) });
  } finally {
    input?.end();
    if (!streamed && descriptor !== 0) closeSync(descriptor);
  }
}

async function* counted(blocks: Blocks, report: (read: number) => void): Blocks {
  let read = 0;
  for await (const block of blocks) {
    report((read += block.length));
    yield block;
  }
}
