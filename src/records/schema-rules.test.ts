import { describe, expect, test } from "vitest";
import { schemaProblems } from "./schema-rules.ts";

const chat = (name: string, parameters: unknown, strict?: boolean): unknown => ({
  type: "function",
  function: { name, parameters, ...(strict === undefined ? {} : { strict }) },
});
const city = {
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
  additionalProperties: false,
};
const rules = (provider: string, ...tools: unknown[]): string[] =>
  schemaProblems(provider, tools).map(({ rule, path }) => (path === "" ? rule : `${rule} ${path}`));

describe("schemaProblems", () => {
  test.each(["openai", "anthropic", "gcp.gemini", "other"])(
    "%s: says nothing of a sound tool, in any form",
    (provider) => {
      const forms = [
        chat("a", city, true),
        { type: "function", name: "b", parameters: city, strict: true },
        { name: "c", input_schema: city },
        { functionDeclarations: [{ name: "d", parametersJsonSchema: city }] },
        { name: "e", schema: city },
      ];
      expect(rules(provider, ...forms)).toEqual([]);
    },
  );

  test("leaves hosted tools and tools without parameters alone", () => {
    expect(
      rules(
        "openai",
        { type: "web_search" },
        { type: "function", function: { name: "now" } },
        { googleSearch: {} },
        { type: "bash_20250124", name: "bash" },
      ),
    ).toEqual([]);
  });

  test("names, and two tools of one name", () => {
    expect(rules("openai", chat("a b", city), chat("x", city), chat("x", city), chat("n".repeat(65), city))).toEqual([
      "name",
      "duplicate",
      "name",
    ]);
    expect(rules("anthropic", { name: "n".repeat(65), input_schema: city })).toEqual([]);
  });

  test("strict mode of OpenAI, at every depth", () => {
    const deep = {
      type: "object",
      properties: { a: { type: "object", properties: { b: { type: "string", default: "x" } } } },
      required: ["a"],
      additionalProperties: false,
    };
    expect(rules("openai", chat("t", deep, true))).toEqual([
      "strict-closed properties.a",
      "strict-required properties.a",
      "strict-keywords properties.a.properties.b",
    ]);
    expect(rules("openai", chat("t", deep))).toEqual([]);
  });

  test("what a provider does not take", () => {
    expect(rules("openai", chat("t", { type: "object", properties: { tags: { type: "array" } } }))).toEqual([
      "items properties.tags",
    ]);
    expect(rules("openai", chat("t", { type: "array" }))).toEqual(["root-object", "items"]);
    expect(rules("anthropic", { name: "t", input_schema: { type: "object", anyOf: [{}] } })).toEqual([
      "root-combination",
    ]);
    expect(
      rules("gcp.gemini", {
        name: "t",
        parameters: { type: "OBJECT", properties: { n: { type: "integer", enum: [1, 2] }, r: { $ref: "#/$defs/x" } } },
      }),
    ).toEqual(["enum-type properties.n", "keywords properties.r"]);
  });

  test("names in `required` that are no properties; properties named as keywords", () => {
    expect(
      rules("other", {
        name: "t",
        parameters: { type: "object", properties: { anyOf: { type: "string" } }, required: ["town"] },
      }),
    ).toEqual(["required-names"]);
    expect(
      rules(
        "openai",
        chat("t", { type: "object", properties: { anyOf: { type: "string" }, not: { type: "string" } } }),
      ),
    ).toEqual([]);
  });

  test("hostile input: no throw, bounded", () => {
    const loop: Record<string, unknown> = { type: "object" };
    loop["properties"] = { again: loop };
    for (const tools of [
      null,
      7,
      [null, 1, "x", [], {}],
      [chat("t", loop)],
      [chat("t", { type: "object", properties: { __proto__: null } })],
      [{ function: null }],
    ])
      expect(Array.isArray(schemaProblems("openai", tools))).toBe(true);
    expect(
      schemaProblems(
        "openai",
        Array.from({ length: 5000 }, () => ({ name: "bad name", parameters: city })),
      ).length,
    ).toBeLessThanOrEqual(200);
  });
});
