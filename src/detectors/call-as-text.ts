import type { Turn } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import { runFinding } from "./finding.ts";

/** The model wrote the call into its text, so that nobody carries it out. */
export const callAsText: Detector = {
  name: "call-as-text",
  reports: ["model/call-as-text"],
  skip: ({ runs }) =>
    runs.every(({ turns }) => turns.every(({ answer }) => answer === null))
      ? "no model answers: gen_ai.output.messages"
      : null,
  detect: ({ runs }) =>
    runs.flatMap((run) =>
      run.turns.flatMap((turn) => {
        const found = textCall(turn);
        if (found === null) return [];
        const { tool, sign } = found;
        return runFinding("call-as-text", run, {
          classifier: "model/call-as-text",
          stage: "requested",
          weight: 2,
          facts: {
            ...(tool === null ? {} : { tool }),
            value: sign,
            ...(turn.scope.model === null ? {} : { model: turn.scope.model }),
          },
          modifiers: ["masked"],
          evidence: [turn.evidence],
          message: "call in the model's text",
        });
      }),
    ),
};

/** Marks that models are trained to put around calls; nobody writes them for people. */
const MARKS = [
  /<tool_call>\s*(?=\{|<function)/,
  /<function=[\w.-]{1,80}>/,
  /<function_calls?>\s*<invoke name=/,
  /<\|(?:tool_call|tool_calls_section|python_tag|tool▁call)[^|]{0,30}\|>/,
  /\[TOOL_CALLS\]/,
  /<(?:tool_use|antml:function_calls)>/,
  /<\|start\|>assistant<\|channel\|>commentary to=functions\./,
  /functools\[\{/,
];
const OBJECT = /^(?:```(?:json|tool_code|tool_call)?\s*)?(\{[^]{0,20000}?\})\s*(?:```)?$/;

function textCall({ answer, offered }: Turn): { tool: string | null; sign: string } | null {
  const text = answer?.text?.trim() ?? "";
  if (answer === null || answer.calls.length > 0 || text === "") return null;
  if (offered !== null && offered.length === 0) return null;
  const names = new Set(offered?.map(({ name }) => name) ?? []);
  const mark = MARKS.map((pattern) => pattern.exec(text)?.[0]).find((found) => found !== undefined);
  const name = nameIn(text);
  if (mark !== undefined && (names.size === 0 || name === null || names.has(name)))
    return { tool: name, sign: mark.trim() };
  const bare = OBJECT.exec(text)?.[1];
  const written = bare === undefined ? null : callIn(bare);
  return written !== null && names.has(written) ? { tool: written, sign: text.slice(0, 120) } : null;
}

function nameIn(text: string): string | null {
  return (
    /"name"\s*:\s*"([\w.:-]{1,80})"|<function=([\w.-]{1,80})>|<invoke name="([\w.-]{1,80})"|to=functions\.([\w-]{1,80})/
      .exec(text)
      ?.slice(1)
      .find((name) => name !== undefined) ?? null
  );
}

/** The tool that a JSON object calls: a name and arguments, and little else. */
function callIn(text: string): string | null {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value !== "object" || value === null) return null;
    const inner =
      "function" in value && typeof value.function === "object" && value.function !== null ? value.function : value;
    const name = ["name", "tool", "tool_name", "function", "action"]
      .map((key) => (inner as Record<string, unknown>)[key])
      .find((one) => typeof one === "string");
    const hasArguments = ["arguments", "parameters", "args", "input", "tool_input", "action_input"].some(
      (key) => key in inner,
    );
    return name !== undefined && hasArguments && Object.keys(inner).length <= 5 ? (name as string) : null;
  } catch {
    return null;
  }
}
