import type { Evidence } from "../records/evidence.ts";
import type { Fact } from "../records/fact.ts";
import type { RequestedCall, ToolResult } from "../records/records.ts";
import { firstLine } from "../signatures/excerpt.ts";
import { fuller, touch } from "./draft.ts";
import type { Draft, StageFact } from "./draft.ts";

/** Adds what happened to a call: a stage, an execution or a result. */
export function give(draft: Draft, fact: Fact): void {
  note(draft, fact);
  touch(draft.run, fact);
  draft.time ??= fact.time;
  draft.tool ??= toolOf(fact);
  if (fact.kind === "executed") {
    draft.argumentsRaw ??= fact.argumentsRaw;
    draft.executions.push({
      outcome: fact.outcome,
      error: fact.error,
      durationNs: fact.durationNs,
      evidence: fact.evidence,
      time: fact.time,
    });
  } else if (fact.kind === "returned") addResult(draft, fact.result, fact);
  else draft.stages.push(fact as StageFact);
}

/** What the model wrote wins over what a tracer made of it. */
export function learn(draft: Draft, call: RequestedCall): void {
  draft.tool ??= call.name;
  if (call.argumentsRaw === null) return;
  if (draft.argumentsRaw === null || (draft.reparsed && call.parsed !== true)) {
    draft.argumentsRaw = call.argumentsRaw;
    draft.reparsed = call.parsed === true;
  }
}

export function note(draft: Draft, fact: Fact): void {
  draft.sources.add(fact.evidence.source);
  draft.scope = fuller(draft.scope, fact.scope);
}

/** True when the call has such a fact already, so that another one is likely of another call with the same id. */
export function has(draft: Draft, fact: Fact): boolean {
  if (fact.kind === "returned") return draft.results.some(({ seenBy }) => seenBy === fact.seenBy);
  return (
    fact.kind === "executed" &&
    fact.outcome !== "started" &&
    draft.executions.some(({ outcome }) => outcome !== "started")
  );
}

export function idOf(fact: Fact): string | null {
  const id = fact.kind === "returned" ? fact.result.callId : "callId" in fact ? fact.callId : null;
  return id === "" ? null : id;
}

/** A log line that names only the call's id says nothing of the tool. */
export function toolOf(fact: Fact): string | null {
  return (fact.kind === "returned" ? fact.result.tool : "tool" in fact ? fact.tool : null) || null;
}

export function rawOf(fact: Fact): string | null {
  return fact.kind === "executed" ? fact.argumentsRaw : null;
}

/** Where a request shows a call that was made before. */
export function callIn(evidence: Evidence, { id, name, argumentsRaw }: RequestedCall, messageIndex: number): Evidence {
  return {
    ...evidence,
    messageIndex,
    callId: id,
    excerpt: `${name ?? "?"}(${(argumentsRaw ?? "").slice(0, LONGEST_EXCERPT)})`,
  };
}

/** In the same request as the other, in another message: the same call once more. */
export function isFurtherDown({ source, line, spanId, messageIndex }: Evidence, other: Evidence | null): boolean {
  if (other === null || source !== other.source || line !== other.line || spanId !== other.spanId) return false;
  return messageIndex !== null && other.messageIndex !== null && messageIndex > other.messageIndex;
}

/** Where a request shows a result: its own words, not the request's. */
export function resultIn(evidence: Evidence, { content, callId }: ToolResult, messageIndex: number): Evidence {
  return { ...evidence, messageIndex, callId, excerpt: firstLine(content.slice(0, LONGEST_EXCERPT)) };
}

const LONGEST_EXCERPT = 320;

/** The same result seen twice is one: every later request repeats it. */
function addResult(draft: Draft, result: ToolResult, fact: Extract<Fact, { kind: "returned" }>): void {
  const same = draft.results.find(({ seenBy, content }) => seenBy === fact.seenBy && content === result.content);
  if (same === undefined)
    draft.results.push({ ...result, seenBy: fact.seenBy, evidence: fact.evidence, time: fact.time });
  else same.isError ??= result.isError;
  if (fact.seenBy === "request") draft.missingIn = null;
}
