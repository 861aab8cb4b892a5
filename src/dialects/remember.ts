/** Keeps a value, and forgets the oldest where there are more than `most`: input may open what it never closes. */
export function remember<T>(known: Map<string, T>, key: string, value: T, most: number): void {
  known.set(key, value);
  const oldest = known.size > most ? known.keys().next().value : undefined;
  if (oldest !== undefined) known.delete(oldest);
}
