import { guarded } from "../guard.ts";
import { cover, settled } from "../watch.ts";
import type { Session } from "./session.ts";

/** Runs a call of the SDK, and ends its session when what it gives is settled; a stream's when it is left (its end is told by a callback). */
export function whenDone(session: Session, work: () => unknown): unknown {
  let value: unknown;
  try {
    value = work();
  } catch (error) {
    session.ended(error);
    throw error;
  }
  if (value instanceof Promise)
    return settled(
      value,
      (result) => {
        if (!watchBranches(result, readerOf(session))) session.ended();
      },
      (error) => session.ended(error),
    );
  guarded(() => watchBranches(value, readerOf(session)));
  return value;
}

/**
 * All streams of a result are branches of one, which the SDK never cancels: who leaves one (`break`, a client that hangs up)
 * is seen at the branch. False for a result that is none of a stream.
 */
export function watchBranches(result: unknown, reader: Reader): boolean {
  const { teeStream } = (result ?? {}) as { teeStream?: unknown };
  if (typeof teeStream !== "function") return false;
  cover(result as object, "teeStream", function (this: unknown, ...args) {
    const branch = Reflect.apply(teeStream, this, args) as ReadableStream<unknown>;
    return guarded(() => watchedBranch(branch, reader)) ?? branch;
  });
  return true;
}

/** What is seen of who reads a branch. */
interface Reader {
  left(): void;
  /** The end, with the error that the stream has told of or broken with. */
  over(error: unknown): void;
}

function readerOf(session: Session): Reader {
  return { left: () => session.stopped("returned"), over() {} };
}

function watchedBranch(branch: ReadableStream<unknown>, watch: Reader): ReadableStream<unknown> {
  const reader = branch.getReader();
  let error: unknown;
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          const { part } = (value ?? {}) as { part?: { type?: unknown; error?: unknown } };
          if (part?.type === "error") error = part.error;
          if (!done) return controller.enqueue(value);
        } catch (thrown) {
          guarded(() => watch.over(thrown));
          throw thrown;
        }
        guarded(() => watch.over(error));
        controller.close();
      },
      cancel(reason) {
        guarded(() => watch.left());
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
