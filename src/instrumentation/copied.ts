/** A copy with the same prototype and hidden properties (`$brand`), a few of them replaced. */
export function copied<T extends object>(from: T, changes: Record<string, unknown>): T {
  const descriptors = Object.getOwnPropertyDescriptors(from) as Record<string, PropertyDescriptor>;
  for (const [name, value] of Object.entries(changes))
    descriptors[name] = {
      value,
      configurable: true,
      writable: true,
      enumerable: descriptors[name]?.enumerable ?? true,
    };
  return Object.create(Object.getPrototypeOf(from) as object, descriptors) as T;
}
