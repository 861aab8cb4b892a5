import type { Finding } from "../records/finding.ts";
import type { Text } from "../records/text.ts";
import { isEarlier } from "./in-order.ts";

/**
 * A result stands in every later request of its run, and spans come in any order: what was found in it is told of the
 * earliest of them. Bounded; what was forgotten keeps the witness that it has.
 */
export function createFirstWitness(cap = 20_000) {
  const known = new Map<string, Finding>();
  return {
    keep(text: Text, finding: Finding): void {
      if (text.evidence.kind !== "span") return;
      if (known.size >= cap) known.clear();
      known.set(keyOf(text), finding);
    },
    /** The finding that the text, seen again, is an earlier witness of. */
    laterThan(text: Text): Finding | null {
      const finding = text.evidence.kind === "span" ? known.get(keyOf(text)) : undefined;
      return finding !== undefined && isEarlier(text, finding) ? finding : null;
    },
  };
}

function keyOf({ callId, scope, text }: Text): string {
  return `${callId ?? ""}\u0000${scope.traceId ?? ""}\u0000${text.length}\u0000${text.slice(0, 400)}`;
}
