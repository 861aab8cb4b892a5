import type { Emit } from "../../records/dialect.ts";
import type { Evidence, Scope } from "../../records/evidence.ts";
import type { Fact } from "../../records/fact.ts";
import type { LogRecord, RequestedCall, ToolResult } from "../../records/records.ts";
import type { Place } from "../../records/text.ts";
import { plainResult } from "../plain-result.ts";

/** A fact without what every fact of a record shares. */
export type Saying = Fact extends infer One
  ? One extends Fact
    ? Omit<One, "scope" | "evidence" | "time">
    : never
  : never;

/** Says what a log record means: facts and texts with its place, time and scope. */
export interface Voice {
  fact(saying: Saying, excerpt?: string, callId?: string | null): void;
  /** The call in the words of the model. */
  requested(call: RequestedCall, index: number): void;
  /** A call whose arguments the framework could not parse, with the parser's words. */
  refused(call: RequestedCall, index: number, reason: string | null): void;
  /** The framework took the call up: what comes of it is not known yet. */
  started(call: RequestedCall): void;
  /** A result as the framework gave it back: the fact, and its text for the signatures. */
  returned(result: ToolResult): void;
  text(
    place: Place,
    text: string,
    about?: { flagged?: boolean | null; tool?: string | null; callId?: string | null },
  ): void;
  /** The same voice for another agent, line of the record, or run. */
  with(known: Partial<Scope>, line?: number): Voice;
}

export function voiceOf(record: LogRecord, emit: Emit, known: Partial<Scope> = {}, line = 0): Voice {
  const scope: Scope = { ...record.scope, ...known };
  const at = record.lines[line] ?? record.line;

  function evidence(excerpt: string, callId: string | null): Evidence {
    const { source, traceId, spanId } = scope;
    return {
      kind: "log",
      source,
      line: at,
      byteOffset: record.byteOffset,
      traceId,
      spanId,
      messageIndex: null,
      callId,
      excerpt: clip(excerpt),
      highlight: null,
    };
  }

  const voice: Voice = {
    fact: (saying, excerpt = record.text, callId = null) =>
      emit.fact({ ...saying, scope, evidence: evidence(excerpt, callId), time: record.time } as Fact),
    requested: (call, index) =>
      voice.fact({ kind: "requested", call, index }, `${call.name ?? "?"}(${call.argumentsRaw ?? ""})`, call.id),
    refused(call, index, reason) {
      voice.requested(call, index);
      voice.fact({ kind: "parsed", callId: call.id, tool: call.name, ok: false, reason }, reason ?? undefined, call.id);
      if (reason !== null) voice.text("tool-result", reason, { flagged: true, tool: call.name, callId: call.id });
    },
    started: ({ id, name, argumentsRaw }) =>
      voice.fact(
        {
          kind: "executed",
          callId: id,
          tool: name ?? "",
          argumentsRaw,
          outcome: "started",
          error: null,
          durationNs: null,
        },
        `${name ?? "?"}(${argumentsRaw ?? ""})`,
        id,
      ),
    returned(result) {
      voice.fact({ kind: "returned", result, seenBy: "framework" }, result.content, result.callId);
      voice.text("tool-result", result.content, { flagged: result.isError, tool: result.tool, callId: result.callId });
    },
    text(place, given, { flagged = null, tool = null, callId = null } = {}) {
      if (given.trim() === "") return;
      const text = place === "tool-result" ? plainResult(given) : given;
      const lines = text.split("\n").map(() => at);
      emit.text({
        place,
        text,
        flagged,
        evidence: evidence("", callId),
        scope,
        time: record.time,
        tool,
        callId,
        hits: null,
        lines,
        level: record.level,
      });
    },
    with: (more, other = line) => voiceOf(record, emit, { ...known, ...more }, other),
  };
  return voice;
}

const LONGEST_EXCERPT = 320;

function clip(text: string): string {
  const line = text.trimStart().split("\n", 1)[0] ?? "";
  return line.length > LONGEST_EXCERPT ? `${line.slice(0, LONGEST_EXCERPT)}…` : line;
}
