import { CAUSE_RULES, idOf, type Order } from "./cause-rules.ts";
import type { Draft } from "./incident-draft.ts";

/** Sets `causedBy` on the drafts that follow from another one. Never makes a ring. */
export function linkCauses(drafts: readonly Draft[]): void {
  const order = orderOf(drafts);
  for (const rule of CAUSE_RULES) {
    for (const draft of drafts) {
      if (draft.causedBy !== null || !rule.consequence.test(idOf(draft))) continue;
      const cause = drafts.find(
        (k) => k !== draft && rule.cause.test(idOf(k)) && !leadsTo(draft, k) && rule.holds(draft, k, order),
      );
      if (cause !== undefined) draft.causedBy = rootOf(cause);
    }
  }
}

function rootOf(draft: Draft): Draft {
  let at = draft;
  while (at.causedBy !== null) at = at.causedBy;
  return at;
}

/** True when `cause` already follows from `draft`. */
function leadsTo(draft: Draft, cause: Draft): boolean {
  for (let at: Draft | null = cause; at !== null; at = at.causedBy) if (at === draft) return true;
  return false;
}

function orderOf(drafts: readonly Draft[]): Order {
  const rank = new Map(drafts.map((d, i) => [d, i]));
  return {
    before(a, b) {
      const [ta, tb] = [firstTime(a), firstTime(b)];
      if (ta !== null && tb !== null && ta !== tb) return ta < tb;
      const [ea, eb] = [a.findings[0]!.evidence[0], b.findings[0]!.evidence[0]];
      if (ea?.source === eb?.source && ea?.line != null && eb?.line != null && ea.line !== eb.line)
        return ea.line < eb.line;
      return rank.get(a)! < rank.get(b)!;
    },
    together(a, b) {
      const [sa, sb] = [scopes(a), scopes(b)];
      return sa.size === 0 || sb.size === 0 || [...sa].some((s) => sb.has(s));
    },
  };
}

function firstTime(draft: Draft): bigint | null {
  let first: bigint | null = null;
  for (const f of draft.findings) if (f.time !== null && (first === null || f.time < first)) first = f.time;
  return first;
}

function scopes(draft: Draft): Set<string> {
  const ids = new Set<string>();
  for (const { scope } of draft.findings) {
    for (const id of [scope.run, scope.conversation, scope.traceId]) if (id !== null) ids.add(id);
  }
  return ids;
}
