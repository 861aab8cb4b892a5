import { SpanStatusCode, trace, type Context, type Span } from "./api.ts";
import type { RequestedCall, ToolDefinition } from "../records/records.ts";
import { recordable } from "./content.ts";
import { faultOf, type Fault } from "./fault.ts";
import { guarded } from "./guard.ts";
import { isLoose, type Run } from "./run.ts";
import { settings } from "./settings.ts";
import { tracer } from "./telemetry.ts";

/** A call that the model asked for and that nobody has executed yet. */
export interface PendingCall {
  call: RequestedCall;
  /** The model call that asked. */
  span: Span;
  /** That of the tool that took it up. */
  execution: Span | null;
  /** Under which its execution hangs. */
  context: Context;
  /** Milliseconds since the epoch when the answer was complete. */
  since: number;
  index: number;
  batch: number;
  offered: readonly ToolDefinition[] | null;
  truncated: boolean;
  fault: Fault | null;
  /** Who took it up: a traced tool, or the next request that carries its result. */
  state: "waiting" | "executing" | "answered";
}

/** Remembers the calls of one answer. Outside of a run, what is broken is told at once: there is no end to wait for. */
export function addCalls(
  run: Run,
  calls: readonly RequestedCall[],
  about: {
    span: Span;
    context: Context;
    offered: readonly ToolDefinition[] | null;
    truncated: boolean;
    parent: Context;
  },
): void {
  calls.forEach((call, index) => {
    const one: PendingCall = {
      call,
      span: about.span,
      execution: null,
      // Without a span above, the request's own trace is where they belong.
      context: trace.getSpan(about.parent) === undefined ? about.context : about.parent,
      since: Date.now(),
      index,
      batch: calls.length,
      offered: about.offered,
      truncated: about.truncated,
      fault: guarded(() => faultOf(call, about.offered, about.truncated)) ?? null,
      state: "waiting",
    };
    if (isLoose(run) && one.fault !== null && one.fault.stage !== "validated") return closeCall(one, one.fault);
    if (run.pending.size >= MOST) run.pending.delete(run.pending.keys().next().value!);
    run.pending.set(call.id ?? `no-id-${nextId++}`, one);
  });
}

const MOST = 4096;
let nextId = 0;

/** The call that a tool is about to execute: by id, else the oldest waiting of that name with those arguments, else of that name. */
export function claim(run: Run, by: { id: string | null; tool: string; raw: string | null }): PendingCall | null {
  const known = by.id === null ? undefined : run.pending.get(by.id);
  const found = known ?? (by.id === null ? oldest(run, by) : undefined);
  if (found === undefined) return null;
  found.state = "executing";
  return found;
}

function oldest(run: Run, by: { tool: string; raw: string | null }): PendingCall | undefined {
  let named: PendingCall | undefined;
  for (const one of run.pending.values()) {
    if (one.state !== "waiting" || one.call.name !== by.tool) continue;
    if (by.raw === null || one.call.argumentsRaw === by.raw) return one;
    named ??= one;
  }
  return named;
}

/** Results that a request carries: those calls are done. What was broken and nobody executed gets its span now. */
export function resultsSeen(
  run: Run,
  results: readonly { callId: string | null; content: string; isError: boolean | null }[],
): Span[] {
  const consumed: Span[] = [];
  for (const { callId, content, isError } of results) {
    const one = callId === null ? undefined : run.pending.get(callId);
    if (one === undefined) continue;
    run.pending.delete(callId!);
    const fault = one.fault ?? (run.seesTools && isError === true ? refusal(content) : null);
    if (one.state === "waiting" && fault !== null) closeCall(one, fault);
    consumed.push(one.execution ?? one.span);
  }
  return consumed;
}

/** The framework's words for a call that it did not execute, as private as a result. */
function refusal(content: string): Fault {
  const message = settings().content ? content : "the call was answered with an error and not executed";
  return { stage: "validated", type: "refused", message };
}

/**
 * At the end of a run: broken calls as such; as left undone those whose siblings were executed, or whose tool is one that
 * is traced. Of others it is not known: their arguments may be the answer, or their function untraced.
 */
export function closeRun(run: Run, why = "the run ended before it was executed"): void {
  const taken = new Set([...run.pending.values()].filter((one) => one.state !== "waiting").map((one) => one.span));
  for (const one of run.pending.values()) {
    if (one.state !== "waiting") continue;
    if (one.fault !== null) closeCall(one, one.fault);
    else if (run.isInterrupted) run.span?.setAttribute("misfire.run.outcome", "interrupted");
    else if (run.callersTools.has(one.call.name ?? "")) run.span?.setAttribute("misfire.run.outcome", "handed-over");
    else if (taken.has(one.span) || executable.has(one.call.name ?? ""))
      closeCall(one, {
        stage: "executed",
        type: "not_executed",
        message: `Tool call ${one.call.name} was requested and never executed: ${why}`,
      });
    else
      run.span?.addEvent("misfire.call.unexecuted", {
        "gen_ai.tool.name": one.call.name ?? "",
        "gen_ai.tool.call.id": one.call.id ?? "",
      });
  }
  run.pending.clear();
}

/** Names of tools that have a traced function. */
export const executable = new Set<string>();

/** An `execute_tool` span for a call that no tool has executed, from the answer until now. */
function closeCall(one: PendingCall, fault: { stage: string; type: string; message: string }): void {
  const { call } = one;
  const span = tracer().startSpan(
    `execute_tool ${call.name ?? ""}`.trimEnd(),
    {
      startTime: one.since,
      links: [{ context: one.span.spanContext() }],
      attributes: {
        ...callAttributes(one),
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": call.name ?? "",
        "error.type": fault.type,
        "misfire.stage": fault.stage,
      },
    },
    one.context,
  );
  if (fault.stage === "looked-up" && one.offered !== null)
    span.setAttribute(
      "misfire.tools.offered",
      one.offered.map(({ name }) => name),
    );
  span.setStatus({ code: SpanStatusCode.ERROR, message: recordable(fault.message) });
  span.end();
  one.state = "answered";
}

/** What is known of a requested call, for the span of its execution. */
export function callAttributes(one: PendingCall): Record<string, string | number | boolean> {
  const { call } = one;
  const found: Record<string, string | number | boolean> = {
    "gen_ai.tool.type": "function",
    "misfire.batch.id": one.span.spanContext().spanId,
    "misfire.batch.index": one.index,
    "misfire.batch.size": one.batch,
  };
  if (call.id !== null) found["gen_ai.tool.call.id"] = call.id;
  if (call.argumentsRaw !== null) {
    found["misfire.arguments.size"] = call.argumentsRaw.length;
    const { content, args } = settings();
    if (content || args) found["gen_ai.tool.call.arguments"] = recordable(call.argumentsRaw);
  }
  if (one.truncated && one.fault?.stage === "parsed") found["misfire.arguments.truncated"] = true;
  return found;
}
