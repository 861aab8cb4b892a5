/** A function of an object that is computed once for each: matches that are remembered are asked again and again. */
export function once<K extends object, V>(make: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, { value: V }>();
  return (of) => {
    let one = known.get(of);
    if (one === undefined) known.set(of, (one = { value: make(of) }));
    return one.value;
  };
}
