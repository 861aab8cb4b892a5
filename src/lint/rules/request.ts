import type { Rule } from "../rule.ts";

const EMPTY = "schema/empty-tools";
const LEAVE_OUT = "Leave the options of tools out when none are offered.";
const tool = { type: "function", function: { name: "find", parameters: { type: "object", properties: {} } } };

/** About the body of a request around its tools. */
export const REQUEST_RULES: readonly Rule[] = [
  {
    id: "empty-tools",
    classifier: EMPTY,
    providers: ["openai", "bedrock"],
    severity: "error",
    source:
      "[] is too short - 'tools' / Invalid 'tools': empty array. / Value '[]' at 'toolConfig.tools' failed to satisfy constraint",
    fix: "Leave `tools` out when none are offered.",
    at: "request",
    broken: (_, tools) => (tools?.length === 0 ? "the list of tools is empty" : null),
    examples: { broken: { messages: [], tools: [] }, sound: { messages: [], tools: [tool] } },
  },
  {
    id: "choice-without-tools",
    classifier: EMPTY,
    providers: ["openai", "anthropic"],
    severity: "error",
    source:
      "tool_choice is only allowed when tools are specified / tool_choice may only be specified while providing tools.",
    fix: LEAVE_OUT,
    at: "request",
    broken: (body, tools) =>
      tools === null &&
      body["tool_choice"] !== undefined &&
      body["tool_choice"] !== null &&
      body["tool_choice"] !== "none"
        ? "tool_choice is set and no tools are offered"
        : null,
    examples: {
      broken: { messages: [], tool_choice: "auto" },
      sound: { messages: [], tools: [tool], tool_choice: "auto" },
    },
  },
  {
    id: "parallel-without-tools",
    classifier: EMPTY,
    providers: ["openai"],
    severity: "error",
    source: "'parallel_tool_calls' is only allowed when 'tools' are specified.",
    fix: LEAVE_OUT,
    at: "request",
    // The Responses API takes it.
    broken: (body, tools) =>
      tools === null && typeof body["parallel_tool_calls"] === "boolean" && body["messages"] !== undefined
        ? "parallel_tool_calls is set and no tools are offered"
        : null,
    examples: {
      broken: { messages: [], parallel_tool_calls: false },
      sound: { messages: [], tools: [tool], parallel_tool_calls: false },
    },
  },
];
