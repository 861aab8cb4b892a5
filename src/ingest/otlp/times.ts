/**
 * Nanoseconds since the epoch of a time as exporters write it: decimal string or number of nanoseconds, an ISO 8601
 * text (with any number of fractional digits; UTC when it names no zone), `[seconds, nanoseconds]`. 0 and what is no time: null.
 */
export function nanosOf(value: unknown): bigint | null {
  if (typeof value === "string") return /^\d{1,20}$/.test(value) ? positive(BigInt(value)) : isoNanos(value);
  if (typeof value === "number")
    return Number.isFinite(value) && value > 0 && value < 2e19 ? BigInt(Math.trunc(value)) : null;
  if (typeof value === "bigint") return positive(value);
  if (Array.isArray(value) && value.length === 2 && value.every(Number.isSafeInteger))
    return positive(BigInt(value[0] as number) * 1_000_000_000n + BigInt(value[1] as number));
  return null;
}

/** A time in seconds, milliseconds, microseconds or nanoseconds: its size tells which, between 1990 and 2100. */
export function anyNanos(value: unknown): bigint | null {
  const number =
    typeof value === "number"
      ? value
      : typeof value === "string" && /^\d{9,20}(?:\.\d{1,9})?$/.test(value)
        ? Number(value)
        : null;
  if (number === null) return nanosOf(value);
  for (const [unit, nanos] of UNITS)
    if (number >= 631_152_000 * unit && number < 4_102_444_800 * unit) return scaled(number, nanos);
  return null;
}

const UNITS: readonly (readonly [number, number])[] = [
  [1, 1e9],
  [1e3, 1e6],
  [1e6, 1e3],
  [1e9, 1],
];

/** Microseconds or the like as nanoseconds, without losing what a double holds of them. */
export function scaled(value: unknown, nanosPerUnit: number): bigint | null {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0 || value * nanosPerUnit > 2e19) return null;
  const whole = Math.trunc(value);
  return positive(BigInt(whole) * BigInt(nanosPerUnit) + BigInt(Math.round((value - whole) * nanosPerUnit)));
}

function isoNanos(text: string): bigint | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const [, date, time, fraction = "", zone] = match;
  const millis = Date.parse(
    `${date}T${time}${zone === undefined || zone === "" ? "Z" : zone.replace(/^ ?UTC$/, "Z").replace(/^([+-]\d\d)(\d\d)$/, "$1:$2")}`,
  );
  if (Number.isNaN(millis)) return null;
  return positive(BigInt(millis) * 1_000_000n + BigInt(fraction.padEnd(9, "0").slice(0, 9)));
}

const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,12}))?(Z|[+-]\d\d:?\d\d| ?UTC)?$/;

function positive(value: bigint): bigint | null {
  return value > 0n ? value : null;
}
