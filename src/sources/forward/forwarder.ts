import { setTimeout as sleep } from "node:timers/promises";
import type { Encoding } from "../otlp/export.ts";
import type { Queued } from "./frame.ts";
import type { Queue } from "./queue.ts";
import type { Sender } from "./send.ts";

export interface Forwarder {
  /** False when the queue is full: the sender shall come again. */
  put(batch: Queued): Promise<boolean>;
  takes(encoding: Encoding): boolean;
  /** Sends what waits for at most so long; the rest stays on disk for the next start. */
  close(ms: number): Promise<void>;
  readonly counts: { sent: number; refused: number; again: number };
  readonly waiting: number;
}

/** Sends what is in the queue, oldest first, one request at a time; again and again while the other side is not there. */
export function createForwarder(queue: Queue, sender: Sender, log: (what: string, why: string) => void): Forwarder {
  const counts = { sent: 0, refused: 0, again: 0 };
  const stop = new AbortController();
  let wake = (): void => {};
  let isClosing = false;
  const running = run();

  async function run(): Promise<void> {
    let failures = 0;
    while (!stop.signal.aborted) {
      const batches = await queue.peek(REQUEST);
      if (batches.length === 0) {
        if (isClosing) return;
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      const sent = await sender.send(joined(batches));
      if (sent.kind === "later") {
        counts.again++;
        if (failures++ === 0) log("the receiver of --forward cannot take it now", sent.why);
        await pause(sent.seconds === null ? backOff(failures) : sent.seconds * 1000);
        continue;
      }
      failures = 0;
      counts[sent.kind === "taken" ? "sent" : "refused"] += batches.length;
      if (sent.kind === "refused") log("the receiver of --forward refused a request; it was dropped", sent.why);
      queue.done();
    }
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stop.signal }).catch(() => {});
  }

  return {
    async put(batch) {
      const isIn = await queue.put(batch);
      wake();
      return isIn;
    },
    async close(ms) {
      isClosing = true;
      wake();
      const timer = setTimeout(() => stop.abort(), ms);
      await Promise.race([running, new Promise((resolve) => stop.signal.addEventListener("abort", resolve))]);
      clearTimeout(timer);
      sender.close();
      await queue.close();
    },
    takes: sender.takes,
    counts,
    get waiting() {
      return queue.bytes;
    },
  };
}

/** Bytes of one request to the other side, about. */
const REQUEST = 1 << 20;

function joined(batches: readonly Queued[]): Queued {
  const [first] = batches;
  return batches.length === 1 ? first! : { ...first!, bytes: Buffer.concat(batches.map(({ bytes }) => bytes)) };
}

/** From half a second to half a minute, spread. */
function backOff(failures: number): number {
  return Math.min(30_000, 500 * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);
}
