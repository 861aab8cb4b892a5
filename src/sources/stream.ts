import { Socket } from "node:net";
import { isatty, ReadStream } from "node:tty";
import type { Blocks } from "./receiver.ts";

/**
 * A pipe, socket or terminal. It may be non-blocking or idle for hours: libuv waits for it, into one block that is
 * used again, and reads on only after the block was taken (backpressure).
 */
export async function* streamBlocks(descriptor: number, signal: AbortSignal): Blocks {
  const buffer = Buffer.allocUnsafeSlow(BLOCK);
  const state: State = { length: 0, ended: false, error: null, wake: null };
  const wake = (_set?: unknown): void => state.wake?.();
  const onread = {
    buffer,
    callback(length: number): boolean {
      state.length = length;
      wake();
      return false;
    },
  };
  const socket = isatty(descriptor)
    ? new ReadStream(descriptor).on("data", (chunk) => {
        socket.pause();
        state.length = buffer.write(chunk.toString());
        wake();
      })
    : new Socket({ fd: descriptor, readable: true, writable: false, onread } as ConstructorParameters<
        typeof Socket
      >[0]);
  socket.on("end", () => wake((state.ended = true)));
  socket.on("close", () => wake((state.ended = true)));
  socket.on("error", (error) => wake((state.error = error)));
  signal.addEventListener("abort", wake, { once: true });
  try {
    for (;;) {
      await new Promise<void>((resolve) => {
        state.wake = resolve;
        if (state.ended || state.error || signal.aborted) resolve();
        else socket.resume();
      });
      if (state.error) throw state.error;
      if (state.length > 0) {
        yield buffer.subarray(0, state.length);
        state.length = 0;
      }
      if (state.ended || signal.aborted) return;
    }
  } finally {
    signal.removeEventListener("abort", wake);
    socket.destroy();
  }
}

const BLOCK = 1 << 18;

interface State {
  length: number;
  ended: boolean;
  error: Error | null;
  wake: (() => void) | null;
}

export function isTerminal(descriptor: number): boolean {
  return isatty(descriptor);
}
