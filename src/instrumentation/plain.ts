import { context } from "./api.ts";
import { whoRecords } from "./elsewhere.ts";
import { guarded } from "./guard.ts";
import { openModelCall } from "./model-call.ts";
import type { ModelRequest } from "./model-request.ts";
import { settings } from "./settings.ts";
import { watchStream } from "./stainless.ts";
import { watchIterator } from "./watch.ts";

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** A method that gives a promise of an answer or of an async iterable of its pieces, traced; `read` says what is asked. */
export function tracedMethod(method: Method, read: (self: unknown, args: unknown[]) => ModelRequest): Method {
  return function (this: unknown, ...args: unknown[]) {
    const isOurs = settings().enabled && whoRecords() === null;
    const call = isOurs ? guarded(() => openModelCall(read(this, args))) : undefined;
    if (call === undefined) return Reflect.apply(method, this, args);
    let value: unknown;
    try {
      value = context.with(call.context, () => Reflect.apply(method, this, args));
    } catch (error) {
      call.failed(error);
      throw error;
    }
    if (!(value instanceof Promise)) {
      call.stopped("raw");
      return value;
    }
    return value.then(
      (data: unknown) => {
        guarded(() => {
          if (typeof data !== "object" || data === null || !(Symbol.asyncIterator in data)) return call.answered(data);
          const isGenerator = typeof (data as { next?: unknown }).next === "function";
          if (isGenerator)
            watchIterator(data as never, {
              value: call.chunk,
              end: () => call.answered(),
              error: call.failed,
              stop: () => call.stopped("returned"),
            });
          else watchStream(data, call);
        });
        return data;
      },
      (error: unknown) => {
        call.failed(error);
        throw error;
      },
    );
  };
}
