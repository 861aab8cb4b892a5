import { describe, expect, test } from "vitest";
import { offerIn } from "./in-file.ts";
import { problemsOf } from "./problems.ts";

const city = {
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
  additionalProperties: false,
};
const chat = { type: "function", function: { name: "weather", parameters: city, strict: true } };

test.each([
  ["tools of OpenAI Chat", [chat], ["openai"]],
  ["of Responses", [{ type: "function", name: "weather", parameters: city, strict: true }], ["openai"]],
  ["functions", { functions: [{ name: "weather", parameters: city }] }, ["openai"]],
  ["a request", { model: "gpt-5", messages: [], tools: [chat] }, ["openai"]],
  ["a request to another model", { model: "gemini-3-pro", messages: [], tools: [chat] }, ["gemini"]],
  ["as a proxy logs it", { status: 200, request: { model: "o3", messages: [], tools: [chat] } }, ["openai"]],
  ["of Anthropic", { tools: [{ name: "weather", input_schema: city }] }, ["anthropic"]],
  ["of Gemini", { tools: [{ functionDeclarations: [{ name: "w", parametersJsonSchema: city }] }] }, ["gemini"]],
  ["of Bedrock", { toolConfig: { tools: [{ toolSpec: { name: "w", inputSchema: { json: city } } }] } }, ["bedrock"]],
  ["tools/list of MCP", { jsonrpc: "2.0", id: 1, result: { tools: [{ name: "w", inputSchema: city }] } }, ["mcp"]],
  ["one definition", chat, ["openai"]],
])("%s: the form tells who takes it, and a sound one gives nothing", (_, file, providers) => {
  const offer = offerIn(file);
  expect(offer?.tools).toHaveLength(1);
  expect(offer?.providers).toEqual(providers);
  expect(problemsOf(offer!)).toEqual([]);
});

test.each([
  ["a bare schema", city],
  ["tools by name", { weather: { description: "x", parameters: city } }],
  ["neutral definitions", [{ name: "weather", parameters: city }]],
])("%s: all providers are asked, and a sound one gives nothing", (_, file) => {
  const offer = offerIn(file);
  expect(offer?.providers.length).toBeGreaterThan(3);
  expect(problemsOf(offer!)).toEqual([]);
});

test("what only some refuse is a warning where nobody is named, and says who", () => {
  const found = problemsOf(offerIn({ type: "object", properties: { tags: { type: "array" }, n: { type: "int" } } })!);
  expect(found.map(({ rule, path, severity, providers }) => [rule, path, severity, providers.length])).toEqual([
    ["unknown-type", "properties.n", "error", 5],
    ["items-missing", "properties.tags", "warning", 2],
  ]);
});

describe("is something else", () => {
  test.each([
    ["a transcript", [{ role: "tool", name: "weather", content: "x" }]],
    ["a transcript with tools in its requests", [{ messages: [], tools: [chat] }]],
    ["a trace", { resourceSpans: [] }],
    ["a history", { messages: [{ role: "user", content: "hi" }] }],
    ["a package", { name: "app", version: "1.0.0", dependencies: {} }],
    ["numbers", [1, 2]],
    ["nothing", null],
  ])("%s", (_, file) => expect(offerIn(file)).toBeNull());
});

test("a definition that shows no form has that of its neighbours", () => {
  const offer = offerIn({ jsonrpc: "2.0", result: { tools: [{ name: "a/b", inputSchema: city }, { name: "now" }] } });
  expect(offer?.providers).toEqual(["mcp"]);
  expect(problemsOf(offer!).map(({ rule, tool }) => [rule, tool])).toEqual([
    ["mcp-name", "a/b"],
    ["schema-missing", "now"],
  ]);
});

test("options of tools without tools", () => {
  const rules = (body: unknown): string[] => problemsOf(offerIn(body)!).map(({ rule }) => rule);
  expect(rules({ model: "gpt-5", messages: [], tools: [] })).toEqual(["empty-tools"]);
  expect(rules({ model: "claude-x", messages: [], tools: [] })).toEqual([]);
  expect(rules({ model: "gpt-5", messages: [], tool_choice: "required", parallel_tool_calls: true })).toEqual([
    "choice-without-tools",
    "parallel-without-tools",
  ]);
});

test("hostile input: no throw, bounded", () => {
  const loop: Record<string, unknown> = { type: "object" };
  loop["properties"] = { again: loop };
  let deep: unknown = { type: "string" };
  for (let n = 0; n < 5000; n++) deep = { type: "object", properties: { a: deep } };
  const poisoned: unknown = JSON.parse('{"type":"object","properties":{"__proto__":{"type":"array"}}}');
  for (const schema of [loop, deep, poisoned, { $ref: "#/%zz" }, { type: "object", required: 7 }])
    expect(
      Array.isArray(problemsOf(offerIn([{ type: "function", name: "t", parameters: schema, strict: true }])!)),
    ).toBe(true);
  const many = Array.from({ length: 5000 }, () => ({
    type: "function",
    name: "bad name",
    parameters: { type: "int" },
  }));
  expect(problemsOf(offerIn(many)!).length).toBeLessThanOrEqual(500);
  expect(({} as { type?: string }).type).toBeUndefined();
});
