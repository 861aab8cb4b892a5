import { context, type Context, type Span } from "@opentelemetry/api";
import { errorType } from "./error.ts";
import { guarded } from "./guard.ts";
import { jsonText } from "./json-safe.ts";
import { tellRefused, type RefusedCall } from "./refused-call.ts";
import { settings } from "./settings.ts";
import { cover, settled } from "./watch.ts";

/**
 * Completes the telemetry of the AI SDK (7 and later). It is right about what was executed and silent where a call was not
 * found, parsed or validated: those get `execute_tool` spans below the step. Gives the integration back.
 *
 *     registerTelemetry(instrumentAISDK(new OpenTelemetry()));
 */
export function instrumentAISDK<T extends object>(integration: T): T {
  guarded(() => {
    const inner = integration as Integration;
    before(inner, "onStepEnd", (event) => tellStep(event as StepEnd, inner));
    before(inner, "onStepError", (event) => tellError(event as { callId?: unknown; error?: unknown }, inner));
    before(inner, "onError", (event) => tellError(event as { callId?: unknown; error?: unknown }, inner));
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

/** Our look at an event, before the integration has its own (and ends its spans). */
function before(
  inner: Integration,
  name: "onStepEnd" | "onStepError" | "onError",
  look: (event: unknown) => void,
): void {
  const original = inner[name];
  cover(inner, name, function (...args) {
    if (settings().enabled) guarded(() => look(args[0]));
    return original === undefined ? undefined : Reflect.apply(original, inner, args);
  });
}

/** An error of the provider, or the last of those that the SDK's retries gave up on. */
interface ApiError {
  statusCode?: unknown;
  responseHeaders?: Record<string, string>;
  lastError?: unknown;
  name?: string;
}

function tellAttempt(span: Span | undefined, error: unknown): void {
  const { statusCode, responseHeaders = {} } = (error ?? {}) as ApiError;
  const wait = responseHeaders["retry-after-ms"] ?? responseHeaders["retry-after"];
  span?.addEvent("misfire.attempt_failed", {
    "error.type": typeOf(error),
    ...(typeof statusCode === "number" ? { "http.response.status_code": statusCode } : {}),
    ...(wait === undefined ? {} : { "http.response.header.retry-after": wait }),
  });
}

function tellError({ callId, error }: { callId?: unknown; error?: unknown }, inner: Integration): void {
  const last = ((error as ApiError | null)?.lastError ?? error) as ApiError | null;
  const span = inner.getCallState?.(callId)?.inferenceSpan;
  span?.setAttribute("error.type", typeOf(last));
  if (typeof last?.statusCode === "number") span?.setAttribute("http.response.status_code", last.statusCode);
}

/** `AI_APICallError` rather than the name of the class, which a bundler may have changed. */
function typeOf(error: unknown): string {
  const { name } = (error ?? {}) as ApiError;
  return typeof name === "string" && name.startsWith("AI_") ? name : errorType(error);
}

interface Integration {
  onStepEnd?: Method;
  onStepError?: Method;
  onError?: Method;
  executeLanguageModelCall?: Method;
  /** Of @ai-sdk/otel: where the spans of a step hang. */
  getCallState?: (
    callId: unknown,
  ) => { stepContext?: Context; rootContext?: Context; inferenceSpan?: Span } | undefined;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

interface StepEnd {
  callId?: unknown;
  toolCalls?: readonly {
    toolName?: unknown;
    toolCallId?: unknown;
    input?: unknown;
    invalid?: unknown;
    error?: unknown;
  }[];
}

function tellStep({ callId, toolCalls }: StepEnd, inner: Integration): void {
  const refused = (toolCalls ?? []).filter(({ invalid }) => invalid === true);
  if (refused.length === 0) return;
  const state = inner.getCallState?.(callId);
  const parent = state?.stepContext ?? state?.rootContext ?? context.active();
  for (const { toolName, toolCallId, input, error } of refused)
    tellRefused(
      {
        tool: String(toolName),
        id: typeof toolCallId === "string" ? toolCallId : null,
        raw: typeof input === "string" ? input : jsonText(input),
        ...faultOf(error),
      },
      parent,
    );
}

function faultOf(error: unknown): Pick<RefusedCall, "stage" | "type" | "message"> {
  const { name, message, cause } = (
    typeof error === "object" && error !== null ? error : { message: String(error) }
  ) as { name?: string; message?: string; cause?: { name?: string } };
  const words = `${name} ${message} ${cause?.name}`;
  const stage =
    words.includes("NoSuchTool") || words.includes("unavailable tool")
      ? "looked-up"
      : words.includes("JSONParse") || words.includes("JSON parsing failed")
        ? "parsed"
        : "validated";
  return { stage, type: name ?? errorType(error), message: message ?? "" };
}
