import type { Case, Detector } from "../records/detector.ts";
import type { ToolCall, Turn } from "../records/call.ts";
import type { Finding } from "../records/finding.ts";
import { callFinding } from "./finding.ts";
import { scanJson } from "./json-scan.ts";
import { hasFailed, outcomeOf } from "./outcome.ts";
import { recoveredCalls } from "./recovered.ts";
import { gluedByTracer } from "./telemetry/merged-by-tracer.ts";
import { gluedName } from "./unknown-tool.ts";

/** Raw arguments that are no JSON: glued calls, cut streams, empty strings, other notations. */
export const argumentJson: Detector = {
  name: "argument-json",
  reports: ["arguments/malformed-json", "arguments/truncated", "arguments/empty", "arguments/merged-calls"],
  skip: ({ calls }) =>
    calls.length > 0 && calls.every(({ argumentsRaw }) => argumentsRaw === null)
      ? "no raw arguments: gen_ai.tool.call.arguments, tool_calls[].function.arguments"
      : null,
  detect(the) {
    const recovered = recoveredCalls(the);
    const turns = turnsOf(the);
    const partsOf = gluedByTracer(the);
    const own = the.calls.filter((call) => partsOf(call) === null);
    return own.flatMap((call) => judge(call, turns.get(call.key), recovered.has(call.key)) ?? []);
  },
};

function judge(call: ToolCall, turn: Turn | undefined, isRecovered: boolean): Finding | null {
  const raw = call.argumentsRaw;
  const glued = gluedName(call);
  // a turn that ended in an error never gave the call to anybody
  if (outcomeOf(call) === "ok" || (turn !== undefined && turn.error !== null)) return null;
  const finishReason = turn?.answer?.finishReason ?? null;
  const found = (classifier: string, position: number | null, weight: number): Finding =>
    callFinding("argument-json", call, {
      classifier: `arguments/${classifier}`,
      stage: classifier === "merged-calls" ? "requested" : "parsed",
      confidence: hasFailed(call) ? "certain" : "likely",
      weight,
      facts: {
        ...(glued === null ? {} : { tool: glued }),
        ...(raw === null ? {} : { value: raw.slice(0, 200) }),
        ...(position === null ? {} : { position: String(position) }),
      },
      modifiers: isRecovered ? ["recovered"] : [],
      message: `arguments ${classifier}`,
    });
  if (glued !== null) return found("merged-calls", raw === null ? null : scanJson(raw).at, 3);
  if (raw === null) return null;
  const { state, at } = scanJson(raw);
  if (state === "whole") return null;
  if (state === "empty") return needsArguments(call) ? found("empty", 0, 1) : null;
  if (state === "trailing" && isGluedObject(raw, at)) return found("merged-calls", at, 3);
  // tracers put other notations into what was executed: only cut JSON is surely the model's own
  if (!call.requested && !(state === "cut" && raw.trimStart().startsWith("{"))) return null;
  if (state === "cut" || (finishReason !== null && LENGTH.test(finishReason) && state !== "trailing"))
    return found("truncated", at, 2);
  return found("malformed-json", at, 2);
}

const LENGTH = /^(?:length|max_tokens|max_output_tokens|MAX_TOKENS|model_length)$/;

/** A second object right behind the first: another call's arguments. */
function isGluedObject(raw: string, at: number): boolean {
  return (
    raw[at] === "{" &&
    raw.trimStart().startsWith("{") &&
    ["whole", "cut", "trailing"].includes(scanJson(raw.slice(at)).state)
  );
}

/** An empty text for a tool without parameters is what many models send. */
function needsArguments({ schema, results }: ToolCall): boolean {
  const required: unknown =
    typeof schema === "object" && schema !== null && "required" in schema ? schema.required : undefined;
  if (Array.isArray(required) && required.length > 0) return true;
  return results.some(({ content }) =>
    /Expecting value: line 1 column 1|Unexpected end of JSON input|JSON parsing failed/.test(content),
  );
}

/** The turn whose answer has the call. */
function turnsOf({ runs }: Case): Map<string, Turn> {
  const found = new Map<string, Turn>();
  for (const { turns } of runs)
    for (const turn of turns) for (const { id } of turn.answer?.calls ?? []) if (id !== null) found.set(id, turn);
  return found;
}
