import type { ToolCall } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import type { Finding } from "../records/finding.ts";
import { parseArguments } from "../toolcalls/arguments.ts";
import { callFinding } from "./finding.ts";
import { hasFailed } from "./outcome.ts";
import { violationsOf, type Violation } from "./schema-check.ts";

/** A result that went back as a success and does not fit the output schema that its tool declares. */
export const outputSchema: Detector = {
  name: "output-schema",
  reports: ["result/contract-violation"],
  skip: ({ calls }) =>
    calls.length > 0 && calls.every((call) => call.outputSchema === null)
      ? "no output schemas: outputSchema of the tools"
      : null,
  detect: ({ calls }) => calls.flatMap((call) => judge(call) ?? []),
};

function judge(call: ToolCall): Finding | null {
  if (call.outputSchema === null || hasFailed(call)) return null;
  const result = call.results.find(({ structured }) => structured !== undefined) ?? call.results[0];
  if (result === undefined) return null;
  const { structured, content } = result;
  const broken = structured === undefined ? ofText(call.outputSchema, content) : ofData(call.outputSchema, structured);
  if (broken === null) return null;
  return callFinding("output-schema", call, {
    classifier: "result/contract-violation",
    stage: "returned",
    confidence: structured === undefined ? "likely" : "certain",
    facts: {
      expected: broken.expected,
      received: broken.received,
      ...(broken.path === "" ? {} : { param: broken.path }),
    },
    modifiers: ["masked"],
    evidence: [result.evidence],
    message: `result breaks its schema ${broken.path}`,
  });
}

type Broken = Pick<Violation, "path" | "expected" | "received">;

function ofData(schema: unknown, data: unknown): Broken | null {
  if (data === null) return { path: "", expected: "structured content", received: "none" };
  return violationsOf(schema, data).find(({ kind, strict }) => kind !== "unexpected" || strict) ?? null;
}

/** The text of a result is to be its data as JSON; one that is no object may be meant for people. */
function ofText(schema: unknown, content: string): Broken | null {
  const data = parseArguments(content);
  if (typeof data !== "object" || data === null || Array.isArray(data)) return null;
  const wrapped = wrappedIn(schema);
  return ofData(wrapped !== null && !("result" in data) ? wrapped : schema, data);
}

/** FastMCP declares `{result: ...}` around what is no object for sure, and leaves that out of the text. */
function wrappedIn(schema: unknown): unknown {
  const properties = typeof schema === "object" && schema !== null && "properties" in schema ? schema.properties : null;
  if (typeof properties !== "object" || properties === null || Object.keys(properties).join() !== "result") return null;
  return (properties as { result: unknown }).result;
}
