/** What a filter can be held against. Missing fields match nothing. */
export interface Filterable {
  tool?: string | null;
  layer?: string | null;
  classifier?: string | null;
  severity?: string | null;
  agent?: readonly string[];
  model?: readonly string[];
  run?: readonly string[];
  /** failed, masked, recovered, unanswered, new, ... */
  is?: readonly string[];
  /** Milliseconds since 1970 of its last sign. */
  time?: number | null;
  text: string;
}

export type Matches = (one: Filterable) => boolean;

export const FILTER_FIELDS = [
  "tool",
  "layer",
  "classifier",
  "severity",
  "agent",
  "model",
  "run",
  "is",
  "since",
  "until",
];

/**
 * `tool:get_claim layer:arguments -model:mini since:10m "two words" word`: all must hold; `-` before one: it must not.
 * A value of a field is a part of it, of any case. Gives the test, or what is wrong with the filter.
 */
export function filterOf(text: string, now: number): { matches: Matches } | { problem: string } {
  const terms: Matches[] = [];
  for (const [, minus, field, quoted, bare] of text.slice(0, 1000).matchAll(TERM)) {
    const term = termOf(field ?? null, quoted ?? bare ?? "", now);
    if (typeof term === "string") return { problem: term };
    terms.push(minus === "-" ? (one) => !term(one) : term);
  }
  return { matches: (one) => terms.every((term) => term(one)) };
}

const TERM = /(-?)(?:(\w{1,20}):)?(?:"([^"]*)"?|(\S+))/g;

function termOf(field: string | null, value: string, now: number): Matches | string {
  const wanted = value.toLowerCase();
  const has = (text: string | null | undefined): boolean => text?.toLowerCase().includes(wanted) ?? false;
  switch (field) {
    case null:
      return ({ text }) => has(text);
    case "tool":
    case "layer":
    case "classifier":
    case "severity":
      return (one) => has(one[field]);
    case "agent":
    case "model":
    case "run":
      return (one) => one[field]?.some(has) ?? false;
    case "is":
      return ({ is }) => is?.includes(wanted) ?? false;
    case "since":
    case "until": {
      const time = timeOf(value, now);
      if (time === null) return `${field}: "${value}" is no time; write 10m, 2h, 3d, 14:05 or 2026-01-31T09:30Z`;
      return (one) => one.time == null || (field === "since" ? one.time >= time : one.time <= time);
    }
    default:
      return FILTER_FIELDS.includes(field) ? () => false : `there is no field ${field}: ${FILTER_FIELDS.join(", ")}`;
  }
}

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

function timeOf(text: string, now: number): number | null {
  const back = /^(\d{1,6})([smhdw])$/.exec(text);
  if (back !== null) return now - Number(back[1]) * UNITS[back[2]!]!;
  const clock = /^(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(text);
  if (clock !== null) return new Date(now).setHours(Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0), 0);
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
