/** A time at the start of a text, in nanoseconds since the epoch, and where it ends. */
export interface ReadTime {
  /** Null where year or day is missing (`12:32:11`, syslog's `Nov 24 12:32:11`). */
  time: bigint | null;
  end: number;
}

/**
 * Reads a timestamp at `from`: ISO with `T` or blank, comma or point, with or without zone; `2026/11/24 12:32:11` (Go),
 * `11/24/26 12:32:11` (rich), `12:32:11.345`. A time without zone is read as UTC; it is the writer's local time.
 */
export function timeAt(text: string, from: number): ReadTime | null {
  const code = text.charCodeAt(from);
  if (!(code >= 48 && code <= 57)) return null;
  // Sticky regexes on a short slice: a huge line costs no more than a short one.
  const head = text.slice(from, from + 48);
  for (const form of FORMS) {
    const match = form.regex.exec(head);
    if (match === null) continue;
    const end = from + match[0].length;
    // Read when asked for: most lines are only asked whether they begin with a time.
    return {
      get time() {
        return form.read(match);
      },
      end,
    };
  }
  return null;
}

/** Reads a whole value as a time: ISO text, or an epoch number of s, ms, us or ns told by its size (also as text). */
export function readTime(value: unknown): bigint | null {
  if (typeof value === "number") return fromEpoch(value);
  if (typeof value !== "string" || value.length > 48) return null;
  const text = value.trim();
  if (/^\d{8,20}$/.test(text)) return fromDigits(text);
  if (/^\d{8,19}\.\d{1,9}$/.test(text)) return fromEpoch(Number(text));
  const read = timeAt(text, 0);
  if (read !== null && read.end >= text.length - 4) return read.time;
  return null;
}

/** Microseconds since the epoch as decimal text (journald). */
export function fromMicros(value: unknown): bigint | null {
  return typeof value === "string" && /^\d{1,18}$/.test(value) ? BigInt(value) * 1000n : null;
}

const DATE_TIME =
  /^(\d{4})[-/](\d\d)[-/](\d\d)[T _](\d\d):(\d\d)[:.](\d\d)(?:[.,](\d{1,9}))?(?: ?(Z|UTC|[+-]\d\d:?\d\d)(?![\w:]))?/;
const US_DATE_TIME = /^(\d\d)\/(\d\d)\/(\d{4}|\d\d),? (\d{1,2}):(\d\d):(\d\d)( [AP]M\b)?/;
const CLOCK = /^\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?![\w:-])/;
const EPOCH = /^(?:1\d{9}\.\d{1,9}|1\d{12})(?![\w.:-])/;

const FORMS: readonly { regex: RegExp; read: (match: RegExpExecArray) => bigint | null }[] = [
  { regex: DATE_TIME, read: fromDateTime },
  { regex: US_DATE_TIME, read: fromUsDateTime },
  { regex: CLOCK, read: () => null },
  { regex: EPOCH, read: (match) => fromEpoch(Number(match[0])) },
];

function fromDateTime(match: RegExpExecArray): bigint | null {
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const ms = utc(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
  if (ms === null) return null;
  const nanos = BigInt((fraction ?? "").padEnd(9, "0"));
  return BigInt(ms - offsetOf(zone)) * 1_000_000n + nanos;
}

function fromUsDateTime(match: RegExpExecArray): bigint | null {
  const [, month, day, year, hour, minute, second, half] = match;
  const full = year!.length === 2 ? 2000 + Number(year) : Number(year);
  const shifted = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === " PM" ? 12 : 0);
  const ms = utc(full, Number(month), Number(day), shifted, Number(minute), Number(second));
  return ms === null ? null : BigInt(ms) * 1_000_000n;
}

function utc(year: number, month: number, day: number, hour: number, minute: number, second: number): number | null {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return null;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  return Number.isFinite(ms) ? ms : null;
}

/** Milliseconds east of UTC. */
function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone === "Z" || zone === "UTC") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

/** The unit is told by the size: from 2001 to 2286 the four ranges do not meet. */
function fromEpoch(value: number): bigint | null {
  if (!Number.isFinite(value) || value < 1e9) return null;
  if (value < 1e10) return BigInt(Math.round(value * 1e6)) * 1000n;
  if (value >= 1e12 && value < 1e13) return BigInt(Math.round(value * 1e3)) * 1000n;
  if (value >= 1e15 && value < 1e16) return BigInt(Math.round(value)) * 1000n;
  return value >= 1e18 && value < 1e19 ? BigInt(Math.round(value)) : null;
}

function fromDigits(text: string): bigint | null {
  return text.length === 19 ? BigInt(text) : fromEpoch(Number(text));
}
