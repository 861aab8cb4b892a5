import type { Run, ToolCall, Turn } from "../records/call.ts";
import { recordOf } from "../records/evidence.ts";
import type { Finding } from "../records/finding.ts";

/** What a failure points at without naming it. */
export interface PointedAt {
  /** The tool of `tools[0].function.name`, or of the call in `messages[3]`, in the request that was refused. */
  inRequest(finding: Finding): { tool: string | null; callId: string | null } | null;
}

export function createPointedAt(runs: readonly Run[]): PointedAt {
  const refused = new Map<string, Turn>();
  for (const { turns } of runs)
    for (const turn of turns) if (turn.error !== null) refused.set(recordOf(turn.evidence), turn);
  return {
    inRequest({ evidence: [seen], facts }) {
      const turn = seen === undefined ? undefined : refused.get(recordOf(seen));
      const said = `${facts.param ?? ""} ${seen?.excerpt ?? ""}`;
      const [, list, index] = INDEXED.exec(said) ?? [];
      if (turn === undefined || index === undefined) return null;
      if (list === "tools" || list === "functions") {
        const tool = turn.offered?.[Number(index)]?.name ?? null;
        return tool === null ? null : { tool, callId: null };
      }
      const [result, ...more] = turn.messages?.[Number(index)]?.results ?? [];
      if (result === undefined || more.length > 0) return null;
      const call = turn.messages?.flatMap(({ calls }) => calls).find(({ id }) => id !== null && id === result.callId);
      return { tool: result.tool ?? call?.name ?? null, callId: result.callId };
    },
  };
}

/** As OpenAI and those who speak like it count: from 0. */
const INDEXED = /\b(tools|functions|messages)(?:\[|\.)(\d{1,4})\b/;

/**
 * The argument whose value a tool's failure quotes: `KeyError: 'Lisbon'`, `Order 991 not found`. Null where none or several
 * have it, or the words are too common to tell.
 */
export function argumentQuoted({ evidence: [seen] }: Finding, call: ToolCall | undefined): string | null {
  const given = call?.arguments;
  if (seen === undefined || typeof given !== "object" || given === null || Array.isArray(given)) return null;
  const words = new Set(seen.excerpt.split(NO_WORD));
  const found = Object.entries(given).filter(
    ([, value]) =>
      (typeof value === "string" || typeof value === "number") &&
      TELLING.test(String(value)) &&
      (words.has(String(value)) || seen.excerpt.includes(`'${value}'`) || seen.excerpt.includes(`"${value}"`)),
  );
  return found.length === 1 ? found[0]![0] : null;
}

const NO_WORD = /[^\p{L}\p{N}_@./-]+|[./-](?=\s|$)/u;
/** Two characters that are no mere words of a sentence: an id, a number, a name. */
const TELLING = /^(?=.{2,200}$)(?:[^a-z].*|.*[\d_@/-].*)$/su;
