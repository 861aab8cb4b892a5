import { AGENT_MARKERS } from "./diagnosis/agent-evidence.ts";
import { FAILURE_LITERALS } from "./diagnosis/failure-look.ts";
import { logDialects } from "./dialects/logs.ts";
import type { Classifier, Signature } from "./records/classifier.ts";
import type { Literals } from "./records/prefilter.ts";
import { literalSet } from "./signatures/literal-set.ts";
import { createSequences } from "./signatures/sequences.ts";

/** What logs are searched for: the literals of signatures that look at logs, of dialects, of failures, of agents at work. */
export function scannedLiterals(classifiers: readonly Classifier[]): Literals {
  const wanted = [
    ...classifiers.flatMap((c) => c.signatures.filter(inLogs).flatMap((s) => s.literals)),
    ...createSequences(classifiers).literals,
    ...logDialects.flatMap((d) => d.literals),
    ...FAILURE_LITERALS,
  ];
  const set = literalSet(wanted, AGENT_MARKERS);
  const own = new Set(wanted.map((literal) => set.id(literal)!));
  return { ...set, sparse: new Set(AGENT_MARKERS.map((marker) => set.id(marker)!).filter((id) => !own.has(id))) };
}

function inLogs(signature: Signature): boolean {
  return !signature.lastResort && (signature.in.includes("log") || signature.in.includes("exception"));
}
