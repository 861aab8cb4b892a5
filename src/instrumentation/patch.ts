import { guarded } from "./guard.ts";

export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Replaces a method once; what was wrapped stays as it is. */
export function patch(target: unknown, name: string, wrap: (original: Method) => unknown): void {
  const owner = target as Record<string, unknown> | null | undefined;
  const original = owner?.[name];
  if (owner === null || owner === undefined || typeof original !== "function" || originals.has(original)) return;
  const wrapped = wrap(original as Method) as Method;
  guarded(() =>
    Object.defineProperties(wrapped, {
      name: { value: original.name, configurable: true },
      length: { value: original.length, configurable: true },
    }),
  );
  originals.set(wrapped, original);
  Object.defineProperty(owner, name, {
    value: wrapped,
    configurable: true,
    writable: true,
    enumerable: Object.getOwnPropertyDescriptor(owner, name)?.enumerable ?? false,
  });
}

export function unpatch(target: unknown): void {
  const owner = target as Record<string, unknown> | null | undefined;
  if (owner === null || owner === undefined) return;
  for (const name of Object.getOwnPropertyNames(owner)) {
    const value = Object.getOwnPropertyDescriptor(owner, name)?.value as unknown;
    const original = typeof value === "function" ? originals.get(value) : undefined;
    if (original !== undefined)
      Object.defineProperty(owner, name, { value: original, configurable: true, writable: true, enumerable: false });
  }
}

const originals = new WeakMap<object, object>();
