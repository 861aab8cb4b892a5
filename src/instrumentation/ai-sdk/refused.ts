import { context } from "../api.ts";
import { errorType } from "../error.ts";
import { jsonText } from "../json-safe.ts";
import { tellRefused, type RefusedCall } from "../refused-call.ts";
import type { Integration } from "./integration.ts";

/** The calls of a step that the SDK did not execute. */
export function tellStep({ callId, stepNumber, toolCalls }: StepEnd, inner: Integration): void {
  // The SDK tells some steps twice, under an old and a new name.
  const refused = (toolCalls ?? []).filter(
    ({ invalid, toolCallId }) =>
      invalid === true &&
      (callId === undefined || isNew(`${String(callId)} ${String(stepNumber)} ${String(toolCallId)}`)),
  );
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

function isNew(key: string): boolean {
  if (told.has(key)) return false;
  if (told.size >= MOST) told.clear();
  told.add(key);
  return true;
}

const told = new Set<string>();
const MOST = 4096;

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

export interface StepEnd {
  callId?: unknown;
  stepNumber?: unknown;
  toolCalls?: readonly {
    toolName?: unknown;
    toolCallId?: unknown;
    input?: unknown;
    invalid?: unknown;
    error?: unknown;
  }[];
  toolResults?: readonly { toolCallId?: unknown }[];
}
