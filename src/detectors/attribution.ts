import type { ToolCall } from "../records/call.ts";
import type { Case } from "../records/detector.ts";
import type { Evidence } from "../records/evidence.ts";
import type { Finding } from "../records/finding.ts";

/** Finds the call that a finding is about: by the id that it names, by where it was seen, else the one that was open then. */
export interface Attribution {
  attribute(finding: Finding): Finding;
  callOf(finding: Finding): ToolCall | null;
}

export function createAttribution({ calls }: Case): Attribution {
  const byId = Map.groupBy(
    calls.filter(({ id }) => id !== null),
    ({ id }) => id!,
  );
  const byKey = new Map(calls.map((call) => [call.key, call]));
  const open = Map.groupBy(calls.filter(isOpen), placeOf);
  const byPlace = placesOf(calls);

  /** Where ids count anew in each run, the one of the finding's own run. */
  function callOf({ callId, callKey, scope, tool, evidence: [seen] }: Finding): ToolCall | null {
    const known = callKey === undefined ? undefined : byKey.get(callKey);
    if (known !== undefined) return known;
    if (callId === null) {
      const there = seen === undefined ? [] : (byPlace.get(keyOf(seen)) ?? []);
      const named = there.filter((call) => tool === null || call.tool === tool);
      // the span of one call is about that call, whatever function its words name
      const own = named.length === 0 && there.length === 1 && seen?.spanId != null ? there : named;
      return own.length < 2 ? (own[0] ?? null) : saying(own, seen!.excerpt);
    }
    const same = byId.get(callId) ?? [];
    if (same.length < 2) return same[0] ?? null;
    const own = same.filter(
      (call) => call.run === scope.run || (call.scope.traceId !== null && call.scope.traceId === scope.traceId),
    );
    const fits = own.filter((call) => tool === null || call.tool === tool);
    return (fits.length < 2 || seen === undefined ? null : saying(fits, seen.excerpt)) ?? fits[0] ?? own[0] ?? null;
  }

  function attribute(finding: Finding): Finding {
    const named = finding.callId ?? finding.facts.callId?.split(/[,\s]+/, 1)[0] ?? null;
    const known = named === null ? undefined : byId.get(named)?.[0];
    if (known !== undefined) return withTool(finding, known.tool);
    if (finding.tool !== null && finding.tool !== "") return finding;
    if (named === null && !ABOUT_A_CALL.has(finding.layer)) return finding;
    // an id that the log never showed can only be of a call that was shown without one
    const waiting = (open.get(placeOf(finding)) ?? []).filter(
      (call) => (named === null || call.id === null) && isBefore(call, finding),
    );
    const [only, ...more] = waiting;
    if (only === undefined || more.some(({ tool }) => tool !== only.tool)) return finding;
    const told = withTool(finding, only.tool);
    if (named !== null || more.length > 0 || only.id === null) return told;
    return { ...told, callId: only.id, facts: { callId: only.id, ...told.facts } };
  }

  return { attribute, callOf };
}

const ABOUT_A_CALL = new Set(["execution", "result", "mcp", "arguments", "registration"]);

/** Asked for, and no answer seen. */
function isOpen({ requested, results, executions }: ToolCall): boolean {
  return requested && results.length === 0 && !executions.some(({ outcome }) => outcome === "ok");
}

/** The calls that a record or span tells of. */
function placesOf(calls: readonly ToolCall[]): Map<string, ToolCall[]> {
  const places = new Map<string, ToolCall[]>();
  for (const call of calls) {
    const ended = call.executions.filter(({ outcome }) => outcome !== "started");
    for (const key of new Set([...call.results, ...ended].map(({ evidence }) => keyOf(evidence)))) {
      const known = places.get(key);
      if (known === undefined) places.set(key, [call]);
      else if (known.length < MOST_AT_A_PLACE) known.push(call);
    }
  }
  return places;
}

const MOST_AT_A_PLACE = 100;

/** Of several calls the one whose result has these words. */
function saying(calls: readonly ToolCall[], excerpt: string): ToolCall | null {
  const words = excerpt.slice(0, 60).trim();
  const own =
    words === ""
      ? []
      : calls.filter(({ results }) => results.some(({ content }) => content.slice(0, 4000).includes(words)));
  return own.length === 1 ? own[0]! : null;
}

function keyOf({ source, line, spanId, traceId, messageIndex }: Evidence): string {
  return spanId === null ? `${source} ${line} ${messageIndex ?? ""}` : `${traceId} ${spanId}`;
}

function placeOf({ scope }: { scope: Finding["scope"] }): string {
  return scope.traceId ?? `${scope.source} ${scope.stream}`;
}

function isBefore(call: ToolCall, { evidence: [seen] }: Finding): boolean {
  const asked = call.evidence.requested;
  if (asked === undefined || seen === undefined || asked.source !== seen.source) return true;
  return asked.line === null || seen.line === null || asked.line <= seen.line;
}

function withTool(finding: Finding, tool: string | null): Finding {
  if (finding.tool !== null && finding.tool !== "") return finding;
  return { ...finding, tool, facts: tool === null ? finding.facts : { ...finding.facts, tool } };
}
