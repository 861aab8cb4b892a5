import { AsyncLocalStorage } from "node:async_hooks";
import type { Context, Span } from "../api.ts";
import { guarded } from "../guard.ts";
import { settings } from "../settings.ts";
import { cover, settled } from "../watch.ts";
import { tellAttempt, tellError } from "./errors.ts";
import { tellStep, type StepEnd } from "./refused.ts";

/**
 * Completes a telemetry integration of the AI SDK (7 and later), once. It is right about what was executed and silent where
 * a call was not found, parsed or validated: those get `execute_tool` spans below the step. What the caller leaves by
 * `break` ends here as well.
 */
export function completeIntegration<T extends object>(integration: T): T {
  if (completed.has(integration)) return integration;
  completed.add(integration);
  guarded(() => {
    const inner = integration as Integration;
    before(inner, "onStart", (event) => {
      const call = calls.getStore();
      if (call === undefined) return;
      call.stop = () => endOpen(inner, (event as { callId?: unknown }).callId);
    });
    before(inner, "onEnd", (event) => tellHandedOver(event as StepEnd, inner));
    before(inner, "onStepEnd", (event) => tellStep(event as StepEnd, inner));
    for (const name of ["onStepError", "onError"] as const)
      before(inner, name, (event) => {
        const { callId, error } = event as { callId?: unknown; error?: unknown };
        tellError(inner.getCallState?.(callId)?.inferenceSpan, error);
      });
    const { executeLanguageModelCall } = inner;
    if (executeLanguageModelCall === undefined) return;
    // Every attempt goes through it; what fails here may be repeated.
    cover(integration, "executeLanguageModelCall", function (...args) {
      const { callId } = args[0] as { callId?: unknown };
      return settled(
        Reflect.apply(executeLanguageModelCall, integration, args),
        () => {},
        (error) => settings().enabled && guarded(() => tellAttempt(inner.getCallState?.(callId)?.inferenceSpan, error)),
      );
    });
  });
  return integration;
}

const completed = new WeakSet<object>();

/** Our look at an event, before the integration has its own (and ends its spans). */
function before(
  inner: Integration,
  name: "onStart" | "onEnd" | "onStepEnd" | "onStepError" | "onError",
  look: (event: unknown) => void,
): void {
  const original = inner[name];
  cover(inner, name, function (...args) {
    if (settings().enabled) guarded(() => look(args[0]));
    return original === undefined ? undefined : Reflect.apply(original, inner, args);
  });
}

export interface Integration {
  onStart?: Method;
  onEnd?: Method;
  onStepEnd?: Method;
  onStepError?: Method;
  onError?: Method;
  executeLanguageModelCall?: Method;
  /** Of @ai-sdk/otel: where the spans of a step hang. */
  getCallState?: (callId: unknown) => CallState | undefined;
}

interface CallState {
  stepContext?: Context;
  rootContext?: Context;
  inferenceSpan?: Span;
  stepSpan?: Span;
  rootSpan?: Span;
  toolSpans?: Map<unknown, { span?: Span }>;
}

/** A call of `streamText`: how to end what the integration has opened for it, once that is known. */
export interface SdkCall {
  stop: (() => void) | null;
  /** The stream is read to its end, or to its error. */
  over: ((error: unknown) => void) | null;
  callersTools: ReadonlySet<string>;
}

export function inCall<T>(call: SdkCall, work: () => T): T {
  return calls.run(call, work);
}

const calls = new AsyncLocalStorage<SdkCall>();

/** The caller has left the stream, of which the SDK hears nothing: innermost first. */
function endOpen(inner: Integration, callId: unknown): void {
  const state = inner.getCallState?.(callId);
  if (state === undefined) return;
  const tools = [...(state.toolSpans?.values() ?? [])].map(({ span }) => span);
  for (const span of [...tools, state.inferenceSpan, state.stepSpan, state.rootSpan]) {
    span?.setAttribute("misfire.stream.outcome", "returned");
    span?.end();
  }
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** The last step's calls that the SDK leaves to its caller. */
function tellHandedOver({ callId, toolCalls, toolResults }: StepEnd, inner: Integration): void {
  const theirs = calls.getStore()?.callersTools;
  const done = new Set((toolResults ?? []).map(({ toolCallId }) => toolCallId));
  if (toolCalls?.some(({ toolName, toolCallId }) => theirs?.has(String(toolName)) === true && !done.has(toolCallId)))
    inner.getCallState?.(callId)?.rootSpan?.setAttribute("misfire.run.outcome", "handed-over");
}
