import type { Run, ToolCall, Turn } from "../records/call.ts";
import type { Evidence } from "../records/evidence.ts";
import type { Life, Stage } from "../records/life.ts";
import type { ToolDefinition } from "../records/records.ts";
import { jsonOf, parseArguments } from "./arguments.ts";
import type { Draft, RunDraft } from "./draft.ts";
import { settled, unknownLife } from "./life.ts";

/** The call as detectors and reports see it. `isShared`: other calls have its id, as where each run counts from `call_1`. */
export function finishCall(
  draft: Draft,
  run: RunDraft,
  schemas: ReadonlyMap<string, Schemas>,
  order: number,
  isShared: boolean,
): ToolCall {
  const definition = draft.offered?.find(({ name }) => name === draft.tool);
  const known = draft.tool === null ? undefined : schemas.get(draft.tool);
  const value = parseArguments(draft.argumentsRaw);
  const { life, evidence } = lifeOf(draft, value !== undefined);
  return {
    key: draft.id === null || isShared ? `${run.key} ${draft.id ?? draft.tool ?? "?"} ${order}` : draft.id,
    id: draft.id,
    tool: draft.tool,
    run: run.key,
    scope: draft.scope,
    time: draft.time,
    offered: draft.offered,
    schema: definition?.schema ?? known?.schema ?? null,
    outputSchema: definition?.output ?? known?.output ?? null,
    argumentsRaw: draft.argumentsRaw,
    arguments: value ?? null,
    results: draft.results,
    executions: draft.executions,
    requested: draft.requests.length > 0 || draft.inHistory !== null,
    life,
    evidence,
  };
}

type Schemas = Pick<ToolDefinition, "schema" | "output">;

/** The schemas of each tool, for calls whose own request is not known; a name with several has none. */
export function schemasOf(offers: Iterable<readonly ToolDefinition[]>): Map<string, Schemas> {
  const schemas = new Map<string, Schemas>();
  const texts = new Map<string, string>();
  for (const tool of new Set(Iterator.from(offers).flatMap((tools) => tools))) {
    const known = schemas.get(tool.name) ?? { schema: null, output: null };
    const kept = { ...known };
    for (const key of ["schema", "output"] as const) {
      if (tool[key] === null || tool[key] === undefined) continue;
      const [place, text] = [`${key} ${tool.name}`, jsonOf(tool[key])];
      if (!texts.has(place)) kept[key] = tool[key];
      else if (texts.get(place) !== text) kept[key] = null;
      texts.set(place, text);
    }
    schemas.set(tool.name, kept);
  }
  return schemas;
}

export function finishRun(run: RunDraft, parts: readonly RunDraft[], calls: ToolCall[]): Run {
  const starts = parts.flatMap(({ start }) => start ?? []);
  const ends = parts.flatMap(({ end }) => end ?? []);
  const ended = parts.flatMap((part) => part.ended ?? []);
  return {
    id: run.key,
    scope: run.scope,
    start: starts.reduce<bigint | null>((a, b) => (a === null || b < a ? b : a), null),
    end: ends.reduce<bigint | null>((a, b) => (a === null || b > a ? b : a), null),
    calls,
    turns: fullest(parts),
    ended: ended.find(({ outcome }) => outcome !== "ok") ?? ended[0] ?? null,
  };
}

/** Several sources tell of the same turns: those of the source that tells most are taken, not all of them. */
function fullest(parts: readonly RunDraft[]): Turn[] {
  const bySource = Map.groupBy(
    parts.flatMap(({ turns }) => turns),
    ({ scope }) => scope.source,
  );
  const worth = ({ offered, messages, answer, error }: Turn): number =>
    Number(offered !== null) + 2 * Number(messages !== null) + 2 * Number(answer !== null) + Number(error !== null);
  const sum = (turns: readonly Turn[]): number => turns.reduce((total, turn) => total + worth(turn), 0);
  return (
    [...bySource.values()]
      .toSorted((a, b) => sum(b) - sum(a))[0]
      ?.map(({ scope, time, evidence, offered, messages, answer, error, options }) => ({
        scope,
        time,
        evidence,
        offered,
        messages,
        answer,
        error,
        options,
      })) ?? []
  );
}

function lifeOf(draft: Draft, isJson: boolean): { life: Life; evidence: Partial<Record<Stage, Evidence>> } {
  const life = unknownLife();
  const evidence: Partial<Record<Stage, Evidence>> = {};
  const say = (stage: Stage, state: "ok" | "failed", seen: Evidence): void => {
    if (life[stage] === "failed" || (life[stage] === "ok" && state === "ok")) return;
    life[stage] = state;
    evidence[stage] = seen;
  };
  const request = draft.requests[0]?.evidence ?? draft.inHistory;
  const ran =
    draft.executions.find(({ outcome }) => outcome === "ok") ??
    draft.executions.find(({ outcome }) => outcome === "failed");
  const isOffered = draft.offered?.some(({ name }) => name === draft.tool) ?? null;
  const flagged = draft.results.find(({ isError }) => isError !== null);
  if (request !== null) {
    say("requested", "ok", request);
    if (isOffered === true) say("offered", "ok", draft.turn?.evidence ?? request);
    const worked = ran?.outcome === "ok" || flagged?.isError === false;
    if (draft.argumentsRaw !== null && !draft.reparsed && !isJson && !worked) say("parsed", "failed", request);
    else if (draft.argumentsRaw !== null && isJson) say("parsed", "ok", request);
    // what was offered to an answer that only a history shows is not known
    const isSeen = draft.requests.length > 0;
    if (isOffered === false && isSeen && !worked && life.parsed !== "failed") say("looked up", "failed", request);
  }
  for (const { kind, ok, evidence: seen } of draft.stages)
    say(kind === "looked-up" ? "looked up" : kind, ok ? "ok" : "failed", seen);
  // a start is announced by some before they look anything up: only an end proves the stages before it
  if (ran !== undefined && life["looked up"] !== "failed") say("looked up", "ok", ran.evidence);
  if (ran?.outcome === "ok" && life.validated !== "failed") say("validated", "ok", ran.evidence);
  const refused = [life.parsed, life["looked up"], life.validated].includes("failed");
  if (!refused && ran !== undefined)
    say("executed", ran.outcome === "ok" && flagged?.isError !== true ? "ok" : "failed", ran.evidence);
  if (!refused && ran === undefined && draft.executions.some(({ outcome }) => outcome === "cancelled"))
    say("executed", "failed", draft.executions[0]!.evidence);
  if (!refused && ran === undefined && flagged?.isError === false) say("executed", "ok", flagged.evidence);
  const result = draft.results[0];
  if (result !== undefined) say("returned", "ok", result.evidence);
  const consumed = draft.results.find(({ seenBy }) => seenBy === "request");
  if (consumed !== undefined) say("consumed", "ok", consumed.evidence);
  else if (draft.missingIn !== null) say("consumed", "failed", draft.missingIn);
  return { life: settled(life), evidence };
}
