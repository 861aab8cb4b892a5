import type { Prefilter } from "../../records/prefilter.ts";
import { fold } from "./search/bytes.ts";
import { Found } from "./search/found.ts";
import { createLongSearch, LONG } from "./search/long.ts";
import type { Search } from "./search/long.ts";
import { Sample } from "./search/sample.ts";
import { createShortSearch, SHORTEST } from "./search/short.ts";

/**
 * A relative of Wu-Manber in plain JS: blocks of the literals are looked up in a table, but the step is fixed, so
 * that no step waits for the one before. Every 4th byte starts a block; of each literal those 4 neighbouring blocks
 * are in the table that are rarest in the text itself (`Sample`), which is learnt anew as more text goes by. Literals
 * of 4 to 6 bytes have a search of their own and cost a second pass, only where there are any.
 *
 * Learning changes the speed, never the hits.
 */
export function createWuManber(literals: readonly string[], engine: "wasm" | "js" = "wasm"): Prefilter {
  const folded = literals.map(fold);
  for (const literal of folded) if (literal.length < SHORTEST) throw new RangeError("a literal has at least 4 bytes");
  const long = folded.flatMap((literal, id) => (literal.length >= LONG ? [{ id, literal }] : []));
  const short = folded.flatMap((literal, id) => (literal.length < LONG ? [{ id, literal }] : []));
  const sample = new Sample();
  const found = new Found(folded);
  let searches: Search[] | null = null;
  let scanned = 0;
  let learnAt = LEARN_FIRST;

  return {
    longest: folded.reduce((max, literal) => Math.max(max, literal.length), 0),
    scan(bytes, from, to, hit) {
      const start = Math.max(from, 0);
      const end = Math.min(to, bytes.length);
      scanned += Math.max(0, end - start);
      if (scanned >= learnAt) {
        sample.add(bytes, start, end);
        learnAt = scanned * LEARN_AGAIN;
        searches = null;
      }
      if (searches === null) {
        searches = [];
        if (long.length > 0) searches.push(createLongSearch(long, sample, engine));
        if (short.length > 0) searches.push(createShortSearch(short));
      }
      for (const search of searches) search(bytes, start, end, found);
      found.report(hit);
    },
  };
}

/** Bytes after which the text is sampled for the first time; shorter ones are not worth it. */
const LEARN_FIRST = 32 * 1024;
/** The text is sampled again when it has grown by this factor. */
const LEARN_AGAIN = 64;
