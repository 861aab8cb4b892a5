import { AGENT_MARKERS } from "./diagnosis/agent-evidence.ts";
import { createWuManber } from "./ingest/text/wu-manber.ts";
import type { Classifier } from "./records/classifier.ts";
import type { Literals, Prefilter } from "./records/prefilter.ts";
import { scannedLiterals } from "./scanned.ts";
import { literalSet } from "./signatures/literal-set.ts";
import { createMatcher, type Matcher } from "./signatures/matcher.ts";

/** What is compiled from a set of classifiers: the same for every analyzer that uses them, and without state of its own. */
export interface Engine {
  /** The literals that a log is scanned for. */
  scanned: Literals;
  prefilter: Prefilter;
  /** Ids of the literals that only show that an agent is at work. */
  markers: ReadonlySet<number>;
  matcher: Matcher;
}

const engines = new WeakMap<readonly Classifier[], Engine>();

export function engineOf(classifiers: readonly Classifier[]): Engine {
  let engine = engines.get(classifiers);
  if (engine === undefined) engines.set(classifiers, (engine = compile(classifiers)));
  return engine;
}

function compile(classifiers: readonly Classifier[]): Engine {
  // those that a log is scanned for come first, so that the matcher, which looks for all in single texts, has the same ids
  const scanned = scannedLiterals(classifiers);
  const all = literalSet(
    scanned.list,
    classifiers.flatMap((c) => c.signatures.flatMap((s) => s.literals)),
  );
  return {
    scanned,
    prefilter: createWuManber(scanned.list),
    markers: new Set(AGENT_MARKERS.map((m) => scanned.id(m)!)),
    matcher: createMatcher(classifiers, all, () => createWuManber(all.list)),
  };
}
