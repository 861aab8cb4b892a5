import { describe, expect, test } from "vitest";
import { readClause } from "./read.ts";

const SAID: [text: string, cause: string, facts: Record<string, string>][] = [
  ["Error: Tool 'fetch_rates' timed out after 12s", "execution/timeout", { tool: "fetch_rates", limit: "12" }],
  ["ERROR agent: tool has no handler: send_fax", "registration/tool-not-wired", { tool: "send_fax" }],
  ['error: unknown tool "list_ordrs"', "registration/unknown-tool", { tool: "list_ordrs" }],
  ["Error: failed to serialize tool result", "result/not-serializable", {}],
  ["ProtocolError: tool result exceeds 512 KB", "result/too-large", { limit: "512" }],
  [
    "ToolError: pay_bill does not accept: acount",
    "arguments/unexpected-argument",
    { tool: "pay_bill", argument: "acount" },
  ],
  [
    "Error executing tool pay_bill: 'amount' must be a number, got 'ten'",
    "arguments/wrong-type",
    { argument: "amount", expected: "number" },
  ],
  ["Error: tool call arguments must be valid JSON", "arguments/malformed-json", {}],
  ["Error: MCP server exited before answering, code=1", "mcp/connection", {}],
  ["tool 'fs_write' execution denied: no grant", "execution/permission-denied", { tool: "fs_write" }],
  ["Fatal: agent run already in progress for session 9", "concurrency/already-running", {}],
  ["ProviderError: tool results have no matching tool call: ['a']", "conversation/orphan-tool-response", {}],
  ["Error: context window exceeded", "provider/context-overflow", {}],
  ["Error: tool call failed: MCP stream closed by peer", "mcp/connection", {}],
  ["llm: no tool call returned", "model/no-call", {}],
  ["LLMError: LLM provider request failed: Server disconnected", "provider/network", {}],
  [
    "ToolExecutionException: filterColumn is required for this",
    "arguments/missing-argument",
    { argument: "filterColumn" },
  ],
  [
    "the server rejected tool call: could not find tool named lookup_order",
    "registration/unknown-tool",
    { tool: "lookup_order" },
  ],
  ["ToolExecutionException: Path is outside workspace", "execution/permission-denied", {}],
  ["Agent stopped: exceeded 20 minute time limit.", "flow/step-limit", { limit: "20" }],
  ["Error: the selected model does not support tool use", "model/tools-unsupported", {}],
];

test.each(SAID)("%s", (text, cause, facts) => {
  const clause = readClause(text, false);
  expect(clause?.cause).toBe(cause);
  expect(clause?.facts).toMatchObject(facts);
  expect(text.slice(clause!.start, clause!.end)).not.toBe("");
});

const UNSAID = [
  "If the tool is not found, the agent falls back to web search.",
  "What should I do when a tool call times out?",
  "// throws when the response carries no matching tool call",
  "feat: return tool failures to the llm instead of aborting the run",
  "## Context window exceeded",
  "INFO tool registry: no duplicate tool names, 0 errors",
  "She said the function was cancelled because of the rain.",
  "Model returned no tool calls; final answer reached",
  "brew: tool 'jq' not found",
  "Function calling can be disabled on the server with --no-tools.",
  'tool search -> [{"title": "Tool not found", "state": "closed"}]',
  "Handle unknown tool names",
];

describe("says nothing of", () => {
  test.each(UNSAID)("%s", (text) => expect(readClause(text, false)).toBeNull());
});

test("takes of several lines the most telling, and none of a stack's frames", () => {
  const text = [
    "Error executing tool sum: see below",
    "    at Tool.not_found (file:///app/unknown-tool.js:1:1)",
    "Error: tool arguments are not valid JSON",
  ].join("\n");
  const clause = readClause(text, false);
  expect(clause?.cause).toBe("arguments/malformed-json");
  expect(text.slice(0, clause!.start).split("\n")).toHaveLength(3);
});

test("a word of an error is needed where the sentence is not of agents alone, and not in a place of failures", () => {
  expect(readClause("prompt is too long", false)).toBeNull();
  expect(readClause("prompt is too long", true)?.cause).toBe("provider/context-overflow");
});

test("reads hostile lines in bounded time", () => {
  for (const piece of ["tool ", "'", '"a', "tool not ", "error: tool 'x", "TOOL.", "must be ", "a_"]) {
    const started = process.cpuUsage().user;
    readClause(piece.repeat(20_000), true);
    readClause(`${piece}\n`.repeat(20_000), true);
    expect(process.cpuUsage().user - started).toBeLessThan(2_000_000);
  }
});
