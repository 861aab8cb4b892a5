/** What is told of something that is iterated or awaited by the application. */
export interface Watch {
  value(value: unknown): void;
  end(): void;
  error(error: unknown): void;
  /** `return()` before the end: a `break`, a cancelled reader. */
  stop(): void;
}

/**
 * Watches an async iterator as the application reads it: nothing is read ahead, buffered or copied, and the iterator
 * stays the same object with the same values, errors and order. Only its own `next`, `return` and `throw` are covered.
 */
export function watchIterator<I extends AsyncIterator<unknown>>(iterator: I, watch: Watch): I {
  const target = iterator as unknown as Record<
    "next" | "return" | "throw",
    ((...args: unknown[]) => unknown) | undefined
  >;
  const { next } = target;
  if (typeof next !== "function") return iterator;
  cover(iterator, "next", function (this: unknown, ...args) {
    return settled(Reflect.apply(next, iterator, args), read, watch.error);
  });
  for (const name of ["return", "throw"] as const) {
    const original = target[name];
    if (typeof original !== "function") continue;
    cover(iterator, name, function (this: unknown, ...args) {
      if (name === "return") watch.stop();
      else watch.error(args[0]);
      return Reflect.apply(original, iterator, args);
    });
  }
  return iterator;

  function read(result: unknown): void {
    const step = result as IteratorResult<unknown> | null;
    if (step?.done === true) watch.end();
    else watch.value(step?.value);
  }
}

/** Each step of an iterator is made inside of something, whoever asks for it. */
export function within<I extends AsyncIterator<unknown>>(iterator: I, inside: (work: () => unknown) => unknown): I {
  const { next } = iterator;
  cover(iterator, "next", (...args) => inside(() => Reflect.apply(next, iterator, args)));
  return iterator;
}

/** The same value for who waits for a promise, told to us first. A promise that nobody handles stays unhandled. */
export function settled(
  value: unknown,
  fulfilled: (value: unknown) => void,
  rejected: (error: unknown) => void,
): unknown {
  if (!(value instanceof Promise)) return value;
  return value.then(
    (result: unknown) => {
      fulfilled(result);
      return result;
    },
    (error: unknown) => {
      rejected(error);
      throw error;
    },
  );
}

/**
 * The value of a function of the application, watched until it is settled: a plain promise by one that settles alike, an
 * iterable while it is read, another thenable (lazy ones do their work in `then`) when the application itself calls `then`.
 */
export function watchValue<T>(value: T, watch: Watch): T {
  if (value instanceof Promise && value.constructor === Promise)
    return settled(value, (result) => done(result, watch), watch.error) as T;
  if (typeof value !== "object" || value === null) {
    done(value, watch);
    return value;
  }
  const thing = value as unknown as Record<PropertyKey, unknown>;
  if (typeof thing["then"] === "function" && Object.isExtensible(value)) {
    const { then } = thing as { then: (...args: unknown[]) => unknown };
    cover(value, "then", function (this: unknown, onOk, onError, ...rest) {
      const ok = (result: unknown): unknown => {
        done(result, watch);
        return typeof onOk === "function" ? (onOk as (value: unknown) => unknown)(result) : result;
      };
      const fail = (error: unknown): unknown => {
        watch.error(error);
        if (typeof onError === "function") return (onError as (error: unknown) => unknown)(error);
        throw error;
      };
      return Reflect.apply(then, value, [ok, fail, ...rest]);
    });
    return value;
  }
  if (isAsyncGenerator(thing)) return watchIterator(value as unknown as AsyncIterator<unknown>, watch) as unknown as T;
  done(value, watch);
  return value;
}

function done(value: unknown, watch: Watch): void {
  watch.value(value);
  watch.end();
}

function isAsyncGenerator(value: Record<PropertyKey, unknown>): boolean {
  return typeof value[Symbol.asyncIterator] === "function" && typeof value["next"] === "function";
}

/** Puts an own property over one of the prototype; not enumerable, so that printing and spreading show nothing new. */
export function cover(target: object, name: PropertyKey, value: (this: unknown, ...args: unknown[]) => unknown): void {
  const own = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, {
    value,
    configurable: true,
    writable: true,
    enumerable: own?.enumerable ?? false,
  });
}
