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
    calls.length > 0 &&
    calls.every((call) => call.offered === null && call.life["looked up"] !== "failed" && !isMissed(call))
      ? "no tool definitions: gen_ai.tool.definitions"
      : null,
  detect(the) {
    const recovered = recoveredCalls(the);
    return the.calls.filter(isUnknown).map((call) => {
      const names = call.offered?.map(({ name }) => name) ?? [];
      const near = nearest(call.tool!, names);
      return callFinding("unknown-tool", call, {
        classifier: "registration/unknown-tool",
        stage: "looked up",
        confidence: hasFailed(call) ? "certain" : "likely",
        weight: 2,
        facts: {
          tool: call.tool!,
          ...(names.length === 0 ? {} : { allowed: names.slice(0, 20).join(", "), toolCount: String(names.length) }),
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
  const { tool, offered } = call;
  if (!call.requested || tool === null || tool === "" || isGlued(call)) return false;
  if (offered === null && isMissed(call)) return true;
  if (isAnswered(call)) return false;
  // without offers the framework's own word counts
  if (offered === null) return call.life["looked up"] === "failed";
  return offered.length > 0 && !HOSTED.test(tool) && !offered.some(({ name }) => name === tool);
}

/** A program that looks tools up in a dict of its own answers with the name as the missing key. */
function isMissed({ tool, results }: ToolCall): boolean {
  return results.some(({ content }) => MISSED.exec(content)?.[1] === tool);
}

const MISSED = /^"?(?:Error: )?KeyError(?:: |\()\\?['"]([^'"\\\n]{1,200})\\?['"]/;

/** An answer without a word may be one that was not recorded. */
function isAnswered(call: ToolCall): boolean {
  const says = call.executions.length > 0 || call.results.some(({ content }) => content !== "");
  return says && outcomeOf(call) === "ok";
}

/** A name that is made of offered names alone, or twice the same, comes of a stream that was put together wrongly. */
export function isGlued(call: ToolCall): boolean {
  return gluedName(call) !== null;
}

/** The first of the glued names. */
export function gluedName({ tool, offered }: ToolCall): string | null {
  if (tool === null || offered?.some(({ name }) => name === tool) === true) return null;
  const half = tool.slice(0, tool.length / 2);
  if (half.length >= 3 && tool === half + half) return half;
  const first = offered?.find(({ name }) => name !== "" && tool.startsWith(name));
  const rest = tool.slice(first?.name.length ?? 0);
  return first !== undefined && rest !== "" && offered!.some(({ name }) => name !== "" && rest.startsWith(name))
    ? first.name
    : null;
}
