/** Questions to the engine that wait for their answers. */
export interface Calls {
  ask<T>(send: (call: number) => void): Promise<T>;
  answer(call: number, value: unknown): void;
  /** There will be no more answers. */
  fail(error: Error): void;
}

export function createCalls(): Calls {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;
  let failed: Error | null = null;
  return {
    async ask<T>(send: (call: number) => void) {
      if (failed !== null) throw failed;
      const call = ++last;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(call, answer);
      send(call);
      return (await answer.promise) as T;
    },
    answer(call, value) {
      waiting.get(call)?.resolve(value);
      waiting.delete(call);
    },
    fail(error) {
      failed = error;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
  };
}
