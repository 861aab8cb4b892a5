import type { Turn } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import { parseArguments } from "../toolcalls/arguments.ts";
import { runFinding } from "./finding.ts";
import { violationsOf } from "./schema-check.ts";

/** An answer that was asked for in a schema, and does not fit it. */
export const structuredAnswer: Detector = {
  name: "structured-answer",
  reports: ["model/structured-output-failed"],
  skip: ({ runs }) =>
    runs.every(({ turns }) => turns.every(({ options }) => schemaOf(options) === null))
      ? "no output schema: response_format"
      : null,
  detect: ({ runs }) =>
    runs.flatMap((run) =>
      run.turns.flatMap((turn) => {
        const wrong = judge(turn);
        if (wrong === null) return [];
        return runFinding("structured-answer", run, {
          classifier: "model/structured-output-failed",
          stage: "requested",
          weight: 1,
          facts: { ...wrong, ...(turn.scope.model === null ? {} : { model: turn.scope.model }) },
          evidence: [turn.evidence],
          message: "answer breaks its schema",
          time: turn.time,
        });
      }),
    ),
};

function judge({ answer, options }: Turn): Record<string, string> | null {
  const schema = schemaOf(options);
  const text = answer?.text?.trim() ?? "";
  if (schema === null || answer === null || text === "" || answer.calls.length > 0 || !answer.complete) return null;
  const value = parseArguments(text);
  if (value === undefined) return { value: text.slice(0, 200) };
  const first = violationsOf(schema, value).find(({ kind, strict }) => kind !== "unexpected" || strict);
  return first === undefined ? null : { argument: first.path, expected: first.expected, received: first.received };
}

/** OpenAI's `response_format` and `text.format`, Ollama's and Anthropic's forms beside them. */
function schemaOf(options: Record<string, unknown>): unknown {
  const format = object(options["response_format"]);
  const text = object(object(options["text"])["format"]);
  const config = object(object(options["output_config"])["format"]);
  return object(format["json_schema"])["schema"] ?? format["schema"] ?? text["schema"] ?? config["schema"] ?? null;
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
