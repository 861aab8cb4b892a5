import { describe, expect, test } from "vitest";
import type { Message } from "../../records/records.ts";
import { requestOf } from "./request.ts";
import { toolsOf } from "./tools.ts";

const message = (role: string, known: Partial<Message> = {}): Message => ({
  role,
  text: null,
  calls: [],
  results: [],
  ...known,
});

describe("requests and tools", () => {
  const schema = { type: "object", properties: { claim_id: { type: "string" } } };
  test.each<[string, unknown]>([
    ["OpenAI Chat", [{ type: "function", function: { name: "get_claim", description: "d", parameters: schema } }]],
    ["Responses", [{ type: "function", name: "get_claim", description: "d", parameters: schema }]],
    ["Anthropic", [{ name: "get_claim", description: "d", input_schema: schema }]],
    ["Gemini", [{ functionDeclarations: [{ name: "get_claim", description: "d", parametersJsonSchema: schema }] }]],
    ["Bedrock", [{ toolSpec: { name: "get_claim", description: "d", inputSchema: { json: schema } } }]],
    [
      "AI SDK, JSON texts",
      [JSON.stringify({ type: "function", name: "get_claim", description: "d", inputSchema: schema })],
    ],
    ["by name", { get_claim: { description: "d", inputSchema: schema } }],
  ])("tools of %s", (_name, tools) => {
    expect(toolsOf(tools)).toEqual([{ name: "get_claim", description: "d", schema }]);
  });

  test("strict tools, and those that declare their result", () => {
    const output = { type: "object", properties: { state: { type: "string" } } };
    expect(
      toolsOf([
        { type: "function", name: "get_claim", description: "d", parameters: schema, strict: true },
        { name: "get_claim", description: "d", inputSchema: schema, outputSchema: output },
      ]),
    ).toEqual([
      { name: "get_claim", description: "d", schema, strict: true },
      { name: "get_claim", description: "d", schema, output },
    ]);
  });

  test("names alone, hosted tools, nonsense", () => {
    expect(toolsOf(["search", "", { type: "web_search" }, null, 3, "{broken"])).toEqual([
      { name: "search", description: null, schema: null },
    ]);
  });

  test("a request: system text first, the rest as options", () => {
    expect(
      requestOf({
        model: "claude",
        system: [{ type: "text", text: "Be brief." }],
        messages: [{ role: "user", content: "hi" }],
        tool_choice: { type: "auto" },
        max_tokens: 5,
      }),
    ).toEqual({
      model: "claude",
      tools: null,
      messages: [message("system", { text: "Be brief." }), message("user", { text: "hi" })],
      options: { tool_choice: { type: "auto" }, max_tokens: 5 },
    });
    expect(
      requestOf({ model: "models/gemini", contents: [], systemInstruction: { parts: [{ text: "s" }] }, tools: [] }),
    ).toMatchObject({ model: "gemini", tools: [], messages: [{ role: "system", text: "s" }] });
  });
});
