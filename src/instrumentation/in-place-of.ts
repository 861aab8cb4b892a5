/**
 * Since 1.12 the SDK makes spans of its own, without content, arguments or the error's words. While `work` runs, ours
 * take their place: whether there is a tracer is asked as a call is made, before anything is awaited.
 */
export function inPlaceOf<T>(client: unknown, work: () => T): T {
  const owner = client as { _tracer?: unknown } | undefined;
  const tracer = owner?._tracer;
  if (owner === undefined || tracer === undefined) return work();
  owner._tracer = undefined;
  try {
    return work();
  } finally {
    owner._tracer = tracer;
  }
}
