import { fisher, leastFisher } from "../records/statistics/fisher.ts";
import { holm, testable } from "../records/statistics/holm.ts";
import { MEASURES } from "./trait-keys.ts";
import type { Unit } from "./units.ts";

/** What failing ones have more often than healthy ones. `p` is Fisher's, `corrected` Holm's for all that was tried. */
export interface Difference {
  attribute: string;
  /** `gpt-4o`, or of a number `> 8` and `<= 8`. */
  value: string;
  /** Of the failing, and of the healthy ones, how many have it. */
  failing: number;
  healthy: number;
  p: number;
  corrected: number;
  /** Attributes and values that exactly the same ones have. */
  alike: { attribute: string; value: string }[];
}

export interface Apart {
  failing: number;
  healthy: number;
  /** Values that were tried and could have been significant. */
  tried: number;
  /** Ranked, significant ones alone. */
  differences: Difference[];
}

const LEVEL = 0.05;
const MOST_VALUES = 60;
const MOST_TRIED = 5000;

/** The attribute values that set the failing apart. A value that all have, or only one has, cannot. */
export function differencesOf(units: readonly Unit[]): Apart {
  const failed = units.map((unit) => unit.failed);
  const failing = failed.filter(Boolean).length;
  const healthy = units.length - failing;
  const splits = splitsOf(units);
  const can = testable(
    splits.map(({ members }) => leastFisher(units.length - members.length, members.length, failing)),
    LEVEL,
  );
  const tried = splits.filter((_, n) => can[n]);
  const counted = tried.map(({ names, members }) => {
    const bad = members.filter((n) => failed[n]).length;
    const good = members.length - bad;
    return { names, failing: bad, healthy: good, p: fisher(healthy - good, failing - bad, good, bad) };
  });
  const corrected = holm(counted.map(({ p }) => p));
  // with many runs p is 0 for more than one
  const gap = (one: Difference): number => one.failing / failing - one.healthy / healthy;
  const differences = counted
    .map(({ names: [name, ...alike], ...rest }, n) => ({ ...name!, ...rest, corrected: corrected[n]!, alike }))
    .filter((one) => one.corrected < LEVEL)
    .sort((a, b) => a.p - b.p || gap(b) - gap(a));
  return { failing, healthy, tried: tried.length, differences: withoutWeaker(differences) };
}

/** Values that the same units have are one test: names of one split, our own names first. */
interface Split {
  names: { attribute: string; value: string }[];
  members: number[];
}

function splitsOf(units: readonly Unit[]): Split[] {
  const splits = new Map<string, Split>();
  const add = (attribute: string, value: string, members: number[]): void => {
    if (members.length === 0 || members.length === units.length) return;
    const key = members.join(" ");
    const split = splits.get(key);
    if (split !== undefined) split.names.push({ attribute, value });
    else if (splits.size < MOST_TRIED) splits.set(key, { names: [{ attribute, value }], members });
  };
  for (const [attribute, byValue] of textsOf(units)) {
    const isFew = byValue.size <= MOST_VALUES;
    if (isFew) for (const [value, members] of byValue) add(attribute, value, members);
  }
  for (const [attribute, numbers] of numbersOf(units)) {
    for (const limit of limitsOf(numbers)) {
      const above = numbers.filter(({ number }) => number > limit).map(({ n }) => n);
      const below = numbers.filter(({ number }) => number <= limit).map(({ n }) => n);
      add(attribute, `> ${limit}`, above);
      add(attribute, `<= ${limit}`, below);
    }
  }
  for (const { names } of splits.values()) names.sort((a, b) => rank(a.attribute) - rank(b.attribute));
  return [...splits.values()];
}

/** Our own names have no dots, and say more than a raw attribute. */
function rank(attribute: string): number {
  return attribute.includes(".") ? 1 : 0;
}

function textsOf(units: readonly Unit[]): Map<string, Map<string, number[]>> {
  const found = new Map<string, Map<string, number[]>>();
  for (const [n, { texts }] of units.entries()) {
    for (const [attribute, values] of texts) {
      const byValue = found.get(attribute) ?? new Map<string, number[]>();
      found.set(attribute, byValue);
      for (const value of values) {
        const members = byValue.get(value);
        if (members !== undefined) members.push(n);
        else if (byValue.size <= MOST_VALUES) byValue.set(value, [n]);
      }
    }
  }
  return found;
}

function numbersOf(units: readonly Unit[]): Map<string, { n: number; number: number }[]> {
  const found = new Map<string, { n: number; number: number }[]>();
  for (const [n, unit] of units.entries()) {
    for (const [attribute, number] of unit.numbers) {
      const known = found.get(attribute);
      if (known === undefined) found.set(attribute, [{ n, number }]);
      else known.push({ n, number });
    }
  }
  return found;
}

/** Every value of a number that has few, else its sixteenths. */
function limitsOf(numbers: readonly { number: number }[]): number[] {
  const sorted = numbers.map(({ number }) => number).sort((a, b) => a - b);
  const distinct = [...new Set(sorted)];
  if (distinct.length <= PARTS * 2) return distinct.slice(0, -1);
  return [
    ...new Set(Array.from({ length: PARTS - 1 }, (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / PARTS)]!)),
  ];
}

const PARTS = 16;

/** Of the thresholds of one number the best stands for all. */
function withoutWeaker(ranked: readonly Difference[]): Difference[] {
  const seen = new Set<string>();
  return ranked.filter(({ attribute, value }) => {
    const isNumber = MEASURE_NAMES.has(attribute) || /^(?:>|<=) /.test(value);
    if (!isNumber) return true;
    return !seen.has(attribute) && seen.add(attribute) !== undefined;
  });
}

const MEASURE_NAMES: ReadonlySet<string> = new Set(Object.values(MEASURES));
