import type { ToolCall } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import { callFinding } from "./finding.ts";
import { nearest } from "./nearest.ts";
import { hasFailed, outcomeOf } from "./outcome.ts";
import { recoveredCalls } from "./recovered.ts";

/** A call of a name that was not among the tools offered. Frameworks leave neither span nor event for it. */
export const unknownTool: Detector = {
  name: "unknown-tool",
  reports: ["registration/unknown-tool"],
  skip: ({ calls }) =>
    calls.length > 0 && calls.every(({ offered }) => offered === null)
      ? "no tool definitions: gen_ai.tool.definitions"
      : null,
  detect(the) {
    const recovered = recoveredCalls(the);
    return the.calls.filter(isUnknown).map((call) => {
      const names = call.offered!.map(({ name }) => name);
      const near = nearest(call.tool!, names);
      return callFinding("unknown-tool", call, {
        classifier: "registration/unknown-tool",
        stage: "looked up",
        confidence: hasFailed(call) ? "certain" : "likely",
        weight: 2,
        facts: {
          tool: call.tool!,
          allowed: names.slice(0, 20).join(", "),
          toolCount: String(names.length),
          ...(near === null ? {} : { nearest: near }),
        },
        modifiers: recovered.has(call.key) ? ["recovered"] : [],
        message: "tool not offered",
      });
    });
  },
};

/** Tools that the provider runs itself are not among the offered functions. */
const HOSTED =
  /^(?:web_search|web_fetch|code_interpreter|code_execution|file_search|computer|image_generation|mcp|bash|text_editor|str_replace|google_search|url_context|tool_search|multi_tool_use)/i;

function isUnknown(call: ToolCall): boolean {
  if (!call.requested || call.tool === null || call.tool === "" || call.offered === null || call.offered.length === 0)
    return false;
  if (HOSTED.test(call.tool) || outcomeOf(call) === "ok") return false;
  return !call.offered.some(({ name }) => name === call.tool) && !isGlued(call);
}

/** A name that is made of offered names alone comes of a stream that was put together wrongly. */
export function isGlued({ tool, offered }: ToolCall): boolean {
  if (tool === null || offered === null) return false;
  const first = offered.find(({ name }) => name !== "" && tool.startsWith(name) && tool.length > name.length);
  if (first === undefined) return false;
  const rest = tool.slice(first.name.length);
  return offered.some(({ name }) => name !== "" && rest.startsWith(name));
}
