import { violationsOf, type Violation } from "../detectors/schema-check.ts";
import { outcomeOf } from "../detectors/outcome.ts";
import type { Evidence } from "../records/evidence.ts";
import { STAGES, type Life, type Stage } from "../records/life.ts";
import type { Span } from "../records/records.ts";
import { failedAt } from "../toolcalls/life.ts";
import { redactStrings } from "../records/redact-report.ts";
import type { Incident } from "../records/report.ts";
import type { Judged, JudgedCall, JudgedRun } from "./judged.ts";
import { spanRows, type SpanRow } from "./span-rows.ts";

/** One run, schema `misfire.show/1`, without secrets. Times are milliseconds from its start. */
export interface RunView {
  schema: "misfire.show/1";
  id: string;
  agents: string[];
  models: string[];
  framework: string | null;
  /** ISO time, null where the input has none. */
  start: string | null;
  durationMs: number | null;
  ended: { outcome: string; reason: string | null } | null;
  /** The first cause of the run: where it broke. */
  broke: Cause | null;
  causes: Cause[];
  spans: SpanRow[];
  calls: CallView[];
  /** Spans that were not kept. */
  dropped: number;
}

export interface Cause {
  id: string;
  classifier: string;
  title: string;
  stage: Stage | null;
  recovered: boolean;
  causedBy: string | null;
}

export interface CallView {
  key: string;
  id: string | null;
  tool: string | null;
  atMs: number | null;
  outcome: "ok" | "failed" | "masked" | "unknown";
  life: Life;
  argumentsRaw: string | null;
  schema: unknown;
  /** The arguments against the schema. */
  violations: Violation[];
  results: { content: string; isError: boolean | null; seenBy: string[] }[];
  errors: { type: string | null; message: string | null }[];
  durationMs: number | null;
  causes: Cause[];
  evidence: Evidence | null;
}

export function showRun(judgedRun: JudgedRun, { incidents }: Judged, spans: readonly Span[], dropped: number): RunView {
  const { id, run, calls } = judgedRun;
  const starts = [run?.start ?? null, ...spans.map(({ startNs }) => startNs)].filter((time) => time !== null);
  const ends = [run?.end ?? null, ...spans.map(({ endNs }) => endNs)].filter((time) => time !== null);
  const start = starts.length === 0 ? null : starts.reduce((a, b) => (b < a ? b : a));
  const end = ends.length === 0 ? null : ends.reduce((a, b) => (b > a ? b : a));
  const causesOf = (ids: Iterable<string>): Cause[] =>
    [...incidents.values()].filter((one) => new Set(ids).has(one.id)).map((one) => causeOf(one, judgedRun));
  const causes = causesOf(new Set([...judgedRun.causes, ...judgedRun.recovered]));
  const scopes = [run?.scope, ...(run?.turns ?? []).map(({ scope }) => scope), ...calls.map(({ call }) => call.scope)];
  return redactStrings(
    {
      schema: "misfire.show/1" as const,
      id,
      agents: distinct(scopes.map((scope) => scope?.agent)),
      models: distinct(scopes.map((scope) => scope?.model)),
      framework: frameworkOf(scopes),
      start: start === null ? null : isoOf(start),
      durationMs: start === null || end === null ? null : msBetween(start, end),
      ended: run?.ended ? { outcome: run.ended.outcome, reason: run.ended.reason } : null,
      broke: causes.find(({ recovered, causedBy }) => !recovered && causedBy === null) ?? causes[0] ?? null,
      causes,
      spans: spanRows(spans, calls, start),
      calls: calls.map((call) => callView(call, start, causesOf(call.causes))),
      dropped,
    },
    0,
  );
}

function callView({ call, causes: ids }: JudgedCall, start: bigint | null, causes: Cause[]): CallView {
  const isObject = typeof call.arguments === "object" && call.arguments !== null && !Array.isArray(call.arguments);
  const first = causes.find(({ id, stage }) => ids.has(id) && stage !== null);
  return {
    key: call.key,
    id: call.id,
    tool: call.tool,
    atMs: start === null || call.time === null ? null : msBetween(start, call.time),
    outcome: outcomeOf(call),
    life: first?.stage == null ? call.life : failedAt(upTo(call.life, first.stage), first.stage),
    argumentsRaw: call.argumentsRaw,
    schema: call.schema ?? null,
    violations: call.schema !== null && isObject ? violationsOf(call.schema, call.arguments) : [],
    results: resultsOf(call.results),
    errors: errorsOf(call.executions),
    durationMs: call.executions.reduce<number | null>(
      (ms, { durationNs }) => (durationNs === null ? ms : Number(durationNs) / 1e6),
      null,
    ),
    causes,
    evidence: call.evidence.requested ?? call.executions[0]?.evidence ?? call.results[0]?.evidence ?? null,
  };
}

/** The cause knows best where the call broke: a failure that is told of a later stage is that one, seen from further on. */
function upTo(life: Life, stage: Stage | null): Life {
  const at = stage === null ? -1 : STAGES.indexOf(stage);
  const isLater = at >= 0 && STAGES.findIndex((one) => life[one] === "failed") > at;
  if (!isLater) return life;
  return Object.fromEntries(STAGES.map((one) => [one, life[one] === "failed" ? "unknown" : life[one]])) as Life;
}

/** What the framework gave back and what the next request shows is one result where it is the same text. */
function resultsOf(results: JudgedCall["call"]["results"]): CallView["results"] {
  const byText = new Map<string, CallView["results"][number]>();
  for (const { content, isError, seenBy } of results) {
    const known = byText.get(content);
    if (known === undefined) byText.set(content, { content, isError, seenBy: [seenBy] });
    else {
      known.isError ??= isError;
      if (!known.seenBy.includes(seenBy)) known.seenBy.push(seenBy);
    }
  }
  return [...byText.values()];
}

function errorsOf(executions: JudgedCall["call"]["executions"]): CallView["errors"] {
  const errors = executions.flatMap(({ error }) =>
    error === null ? [] : [{ type: error.type, message: error.message }],
  );
  return errors.filter(({ message }, n) => errors.findIndex((other) => other.message === message) === n);
}

function causeOf({ id, classifier, title, stage, causedBy }: Incident, { causes }: JudgedRun): Cause {
  return { id, classifier, title, stage, recovered: !causes.has(id), causedBy };
}

function frameworkOf(scopes: readonly (JudgedCall["call"]["scope"] | undefined)[]): string | null {
  const scope = scopes.find((one) => one !== undefined && one.framework !== null);
  if (scope === undefined) return null;
  return scope.frameworkVersion === null ? scope.framework : `${scope.framework} ${scope.frameworkVersion}`;
}

function distinct(values: readonly (string | null | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== null && value !== undefined))].slice(0, 20);
}

export function msBetween(start: bigint, end: bigint): number {
  return Number(end - start) / 1e6;
}

function isoOf(ns: bigint): string | null {
  const date = new Date(Number(ns / 1_000_000n));
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
