import { constants, openSync } from "node:fs";
import { ReadStream } from "node:tty";

/** Where keys come from. */
export interface Keys {
  stream: NodeJS.ReadStream;
  descriptor: number;
  close(): void;
}

/** stdin, or the terminal itself while stdin is a pipe. Null: there is none (cron, a container without -t). */
export function openKeys(): Keys | null {
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
