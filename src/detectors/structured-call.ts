import type { ToolCall } from "../records/call.ts";
import type { Finding } from "../records/finding.ts";

/** Arguments of the call by which a framework fetches the structured answer: it is the answer that does not fit. */
export function ofAnswer(finding: Finding, call: ToolCall): Finding {
  if (finding.layer !== "arguments" || !givesAnswer(call)) return finding;
  return { ...finding, classifier: "model/structured-output-failed", layer: "model", stage: "requested" };
}

export function givesAnswer({ tool }: ToolCall): boolean {
  return OUTPUT_TOOL.test(tool ?? "");
}

/** A call by which the model ends the run; nothing is executed for it. */
export function endsRun(call: ToolCall): boolean {
  return givesAnswer(call) || call.tool === "final_answer";
}

/** Pydantic AI: `final_result`, `final_result_Invoice`. */
const OUTPUT_TOOL = /^final_result(?:_\w+)?$/;
