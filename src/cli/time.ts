import { UsageError } from "./errors.ts";

/** A time as people write it, in nanoseconds since the epoch: `15m`, `1h30m`, `09:30`, `2026-01-31`, `2026-01-31T09:30Z`, `now`, `today`, `yesterday`, or epoch seconds. */
export function timeOf(text: string, flag: string, now = new Date()): bigint {
  const milliseconds = word(text, now) ?? duration(text, now) ?? clock(text, now) ?? epoch(text) ?? date(text);
  if (milliseconds === null)
    throw new UsageError(`--${flag}: "${text}" is no time; write 15m, 2h, 09:30, 2026-01-31 or 2026-01-31T09:30Z`);
  return BigInt(Math.round(milliseconds)) * 1_000_000n;
}

const UNITS: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

function word(text: string, now: Date): number | null {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  return { now: now.getTime(), today: midnight, yesterday: midnight - 86_400_000 }[text] ?? null;
}

/** Back from now; a leading minus says the same. */
function duration(text: string, now: Date): number | null {
  if (!/^-?(?:\d+(?:\.\d+)?(?:ms|s|min|m|h|d|w))+$/.test(text)) return null;
  let sum = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|min|m|h|d|w)/g))
    sum += Number(number) * (UNITS[unit!] ?? 0);
  return now.getTime() - sum;
}

function clock(text: string, now: Date): number | null {
  const match = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?$/.exec(text);
  if (!match) return null;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate(), hours, minutes, seconds).getTime();
}

function epoch(text: string): number | null {
  if (/^\d{9,10}(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  return /^\d{12,13}$/.test(text) ? Number(text) : null;
}

/** A date alone is the start of that day here, as a date and time without a zone is local. */
function date(text: string): number | null {
  const match = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.exec(text);
  if (!match) return null;
  const iso = text
    .replace(" ", "T")
    .replace(",", ".")
    .replace(/([+-]\d\d)(\d\d)$/, "$1:$2");
  const parsed = Date.parse(iso.includes("T") ? iso : `${iso}T00:00`);
  return Number.isNaN(parsed) ? null : parsed;
}
