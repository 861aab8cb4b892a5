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

/** Pydantic AI: `final_result`, `final_result_Invoice`. */
const OUTPUT_TOOL = /^final_result(?:_\w+)?$/;
