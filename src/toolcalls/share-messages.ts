import type { Message } from "../records/records.ts";

/**
 * Each request of a run shows the history before it again: equal messages at the start become the objects of the last
 * request, so that a long run is kept once, not once per request. Bounded: of the oldest runs the last request is forgotten.
 */
export function createSharing(
  most = 2000,
): (run: string, messages: Message[]) => { messages: Message[]; fresh: number } {
  const lastOf = new Map<string, readonly Message[]>();
  return (run, messages) => {
    const last = lastOf.get(run) ?? [];
    let same = 0;
    while (same < last.length && same < messages.length && isEqual(last[same]!, messages[same]!)) same++;
    const shared = same === 0 ? messages : [...last.slice(0, same), ...messages.slice(same)];
    lastOf.delete(run);
    lastOf.set(run, shared);
    const oldest = lastOf.size > most ? lastOf.keys().next().value : undefined;
    if (oldest !== undefined) lastOf.delete(oldest);
    return { messages: shared, fresh: same };
  };
}

function isEqual(a: Message, b: Message): boolean {
  return (
    a.role === b.role &&
    a.text === b.text &&
    a.calls.length === b.calls.length &&
    a.results.length === b.results.length &&
    a.calls.every((call, n) => hasSame(call, b.calls[n]!)) &&
    a.results.every((result, n) => hasSame(result, b.results[n]!))
  );
}

function hasSame<T extends object>(a: T, b: T): boolean {
  const keys = Object.keys(a) as (keyof T)[];
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
