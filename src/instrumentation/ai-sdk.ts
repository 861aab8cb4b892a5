import { context, type Context } from "@opentelemetry/api";
import { errorType } from "./error.ts";
import { guarded } from "./guard.ts";
import { jsonText } from "./json-safe.ts";
import { tellRefused, type RefusedCall } from "./refused-call.ts";
import { settings } from "./settings.ts";
import { cover } from "./watch.ts";

/**
 * Completes the telemetry of the AI SDK (7 and later). It is right about what was executed and silent where a call was not
 * found, parsed or validated: those get `execute_tool` spans below the step. Gives the integration back.
 *
 *     registerTelemetry(instrumentAISDK(new OpenTelemetry()));
 */
export function instrumentAISDK<T extends object>(integration: T): T {
  guarded(() => {
    const inner = integration as Integration;
    const { onStepEnd } = inner;
    cover(integration, "onStepEnd", function (...args) {
      if (settings().enabled) guarded(() => tellStep(args[0] as StepEnd, inner));
      return onStepEnd === undefined ? undefined : Reflect.apply(onStepEnd, integration, args);
    });
  });
  return integration;
}

interface Integration {
  onStepEnd?: (this: unknown, ...args: unknown[]) => unknown;
  /** Of @ai-sdk/otel: where the spans of a step hang. */
  getCallState?: (callId: unknown) => { stepContext?: Context; rootContext?: Context } | undefined;
}

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
