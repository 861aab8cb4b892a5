import fc from "fast-check";

/**
 * A log of lines of very different lengths by two processes, one behind a prefix that must be confirmed: with small limits
 * nearly every look around a line ends at a bound, so what is let go too early is missed.
 */
export function edges(): fc.Arbitrary<Uint8Array> {
  const length = fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 250 }) }, fc.nat({ max: 700 }));
  const line = fc.tuple(fc.nat({ max: 3 * KINDS.length }), length).map(([kind, size]) => {
    const make = KINDS[kind < KINDS.length ? kind : kind % FILLERS]!;
    return make("x".repeat(size));
  });
  return fc.noBias(fc.array(line, { minLength: 40, maxLength: 90 })).map((lines) => {
    const text = lines.join("\n");
    const bytes = new TextEncoder().encode(text);
    return Object.defineProperty(bytes, fc.toStringMethod, { value: () => JSON.stringify(text) });
  });
}

const FILLERS = 4;

/** The same, where a time or a tag stands before nearly every line: what is believed depends on all lines around. */
export function tagged(): fc.Arbitrary<Uint8Array> {
  const line = fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 120 })).map(([kind, size]) => {
    const tag =
      kind === 0 ? "" : kind < 20 ? "2026-11-24T12:32:10.667Z " : kind < 38 ? "2026-11-24T12:32:11Z " : "[agent] ";
    return tag + TAGGED[(kind + size) % TAGGED.length]! + "x".repeat(size);
  });
  return fc.array(line, { minLength: 20, maxLength: 60 }).map((lines) => {
    const text = lines.join("\n");
    const bytes = new TextEncoder().encode(text);
    return Object.defineProperty(bytes, fc.toStringMethod, { value: () => JSON.stringify(text) });
  });
}

const TAGGED = [
  "plain ",
  "  indented ",
  "ERROR:root:zebrafail ",
  "Traceback (most recent call last):",
  "  zebrafail ",
  "",
];

/** The first `FILLERS` come most. */
const KINDS: ((more: string) => string)[] = [
  (more) => `worker-2  | at ${more}`,
  (more) => `plain ${more}`,
  (more) => `  indented ${more}`,
  () => "worker-2  |   indented",
  () => "ERROR:root:it failed",
  () => "Traceback (most recent call last):",
  () => "worker-2  | Traceback (most recent call last):",
  () => "worker-2  | ERROR:root:x",
  () => "worker-2  | zebrafail",
  () => "zebrafail",
  (more) => `INFO:root:${more} zebrafail`,
  (more) => `  ${more} zebrafail`,
  () => "worker-2  |   zebrafail tapirs",
];
