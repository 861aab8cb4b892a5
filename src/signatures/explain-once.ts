import type { Place, Text } from "../records/text.ts";
import { explain } from "./explain.ts";
import type { Match, Matcher } from "./matcher.ts";

/**
 * `explain` that remembers: an agent in a loop, or a broken deployment, prints the same sentence thousands of times. What
 * explains a text depends on nothing but what is compared here.
 */
export function createExplainer(matcher: Matcher): (text: Text) => Match | null {
  const known = new Map<Place, Map<string, Known>>();
  return (text) => {
    if (text.text.length > LONGEST || text.breaks !== undefined) return explain(matcher, text);
    let ofPlace = known.get(text.place);
    if (ofPlace === undefined) known.set(text.place, (ofPlace = new Map()));
    const before = ofPlace.get(text.text);
    if (before !== undefined && before.flagged === text.flagged && sameHits(before.hits, text.hits))
      return before.match;
    if (ofPlace.size >= MOST) ofPlace.clear();
    const match = explain(matcher, text);
    ofPlace.set(text.text, { flagged: text.flagged, hits: text.hits, match });
    return match;
  };
}

interface Known {
  flagged: boolean | null;
  hits: ReadonlySet<number> | null;
  match: Match | null;
}

/** Texts of a place that are remembered, and UTF-16 units in each: at most a few megabytes. */
const MOST = 128;
const LONGEST = 4096;

function sameHits(a: ReadonlySet<number> | null, b: ReadonlySet<number> | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.size !== b.size) return false;
  for (const hit of a) if (!b.has(hit)) return false;
  return true;
}
