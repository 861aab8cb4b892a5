import { expect, test } from "vitest";
import { schemaProblems } from "./schema-problems.ts";

const rules = (provider: string, ...tools: unknown[]): string[] =>
  schemaProblems(provider, tools).map(({ rule, path }) => (path === "" ? rule : `${rule} ${path}`));
const declared = (parameters: unknown): unknown => ({ functionDeclarations: [{ name: "t", parameters }] });

test("names of providers as the conventions spell them", () => {
  const tool = { type: "function", function: { name: "t", parameters: { type: "array" } } };
  for (const provider of ["openai", "azure.ai.openai", "gcp.gemini", "gcp.vertex_ai"])
    expect(rules(provider, tool)).toContain("items-missing");
  for (const provider of ["groq", "mistral_ai", "ollama", "deepseek"])
    expect(rules(provider, tool)).toEqual(["root-object"]);
});

test("what @google/genai converts on the way is no problem, the rest is", () => {
  const zod = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: { q: { const: 1 } },
  };
  expect(rules("gcp.gemini", declared(zod))).toEqual([]);
  const open = { type: "object", properties: { q: { type: ["string", "null"] } }, additionalProperties: false };
  expect(rules("gcp.gemini", declared(open))).toEqual([]);
  const named = { type: "object", properties: { additionalProperties: { type: "array" }, type: { type: "string" } } };
  expect(rules("gcp.gemini", declared(named))).toEqual(["items-missing properties.additionalProperties"]);
  const reference = { type: "object", properties: { q: { $ref: "#/$defs/Q" } }, $defs: { Q: { type: "string" } } };
  expect(rules("gcp.gemini", declared(reference))).toEqual(["gemini-keyword", "gemini-keyword properties.q"]);
});

test("leaves hosted tools and tools without parameters alone", () => {
  const hosted = [
    { type: "web_search" },
    { type: "function", function: { name: "now" } },
    { googleSearch: {} },
    { type: "bash_20250124", name: "bash" },
    { type: "custom", name: "shell", format: { type: "grammar" } },
  ];
  expect(rules("openai", ...hosted)).toEqual([]);
  expect(rules("anthropic", { type: "bash_20250124", name: "bash" })).toEqual([]);
});

test("nothing for what is no list", () => {
  for (const tools of [null, 7, "x", {}]) expect(schemaProblems("openai", tools)).toEqual([]);
});
