import { constants, openSync } from "node:fs";
import { ReadStream } from "node:tty";

/** Where keys come from. */
export interface Keys {
  stream: NodeJS.ReadStream;
  descriptor: number;
  close(): void;
}

/**
 * Importing `node:process`, as ink does, makes Node open stdin, which fails once it is being read by another stream. Opened
 * before that, and never read, it is in nobody's way.
 */
export function claimStdin(): void {
  void process.stdin;
}

/** stdin, or the terminal itself while stdin is a pipe. Null: there is none (cron, a container without -t). */
export function openKeys(): Keys | null {
  claimStdin();
  if (process.stdin.isTTY) return { stream: process.stdin, descriptor: 0, close: () => void process.stdin.unref() };
  if (process.platform === "win32") return null;
  try {
    const descriptor = openSync("/dev/tty", constants.O_RDWR | constants.O_NOCTTY);
    const stream = new ReadStream(descriptor);
    return { stream, descriptor, close: () => void stream.destroy() };
  } catch {
    return null;
  }
}
