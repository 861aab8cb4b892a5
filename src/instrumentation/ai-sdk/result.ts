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
        if (!watchBranches(result, () => session.stopped("returned"))) session.ended();
      },
      (error) => session.ended(error),
    );
  guarded(() => watchBranches(value, () => session.stopped("returned")));
  return value;
}

/**
 * All streams of a result are branches of one, which the SDK never cancels: who leaves one (`break`, a client that hangs up)
 * is seen at the branch. False for a result that is none of a stream.
 */
export function watchBranches(result: unknown, left: () => void): boolean {
  const { teeStream } = (result ?? {}) as { teeStream?: unknown };
  if (typeof teeStream !== "function") return false;
  cover(result as object, "teeStream", function (this: unknown, ...args) {
    const branch = Reflect.apply(teeStream, this, args) as ReadableStream<unknown>;
    return guarded(() => watchedBranch(branch, left)) ?? branch;
  });
  return true;
}

function watchedBranch(branch: ReadableStream<unknown>, left: () => void): ReadableStream<unknown> {
  const reader = branch.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel(reason) {
        guarded(left);
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
