import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { LintReport } from "../../src/lint-tools.ts";
import { cli } from "./run.ts";

const CAPTURES = "test/captures";
const dir = mkdtempSync(join(tmpdir(), "misfire-lint-"));
function file(name: string, value: unknown): string {
  const path = join(dir, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}
const tag = {
  type: "object",
  properties: { order_id: { type: "string" }, tags: { type: "array" } },
  required: ["order_id", "tags"],
};
const bad = file("bad.json", [{ type: "function", function: { name: "tag_order", parameters: tag } }]);
const good = file("good.json", {
  tools: [{ name: "tag_order", description: "Tags", input_schema: { type: "object", properties: {} } }],
});

it("says what is wrong, where, who refuses it and what to do, and exits with 1", async () => {
  const { code, out, err } = await cli(["lint", bad]);
  expect(out).toContain("✗ tag_order: an array without items\n");
  expect(out).toContain("schema/invalid-schema · at properties.tags · refused by openai · ");
  expect(out).toContain('fix   Say what the array holds: "items": {"type": "string"}.\n');
  expect(out).toMatch(
    /\n1 error, 0 warnings in 1 tool by the rules of openai; misfire explain schema\/invalid-schema says\s+more\n$/,
  );
  expect(err).toBe("");
  expect(code).toBe(1);
});

it("says nothing of sound ones, and goes by another provider when it is named", async () => {
  expect(await cli(["lint", good])).toEqual({
    code: 0,
    out: "Nothing wrong with 1 tool by the rules of anthropic\n",
    err: "",
  });
  const gemini = await cli(["lint", "--provider", "gemini", "-q", good]);
  expect(gemini).toEqual({ code: 1, out: "tag_order: an object without properties\n", err: "" });
});

it("gives the same as JSON, several inputs as one", async () => {
  const { code, out } = await cli(["lint", "-f", "json", "--fail-on", "never", bad, good]);
  const report = JSON.parse(out) as LintReport;
  expect(report).toMatchObject({
    schema: "misfire.lint/1",
    verdict: "problems",
    tools: 2,
    providers: ["openai", "anthropic"],
  });
  expect(report.problems).toEqual([
    {
      tool: "tag_order",
      path: "properties.tags",
      rule: "items-missing",
      classifier: "schema/invalid-schema",
      severity: "error",
      message: "an array without items",
      fix: 'Say what the array holds: "items": {"type": "string"}.',
      providers: ["openai"],
      place: { source: bad, line: null, traceId: null, spanId: null },
      places: 1,
    },
  ]);
  expect(code).toBe(0);
});

it("warnings count with --fail-on warning alone", async () => {
  const long = file("long.json", [
    { type: "function", name: "t", description: "x".repeat(2000), parameters: { type: "object", properties: {} } },
  ]);
  const { out, code } = await cli(["lint", long]);
  expect(out).toContain("! t: the description has 2000 characters; some deployments refuse more than 1024");
  expect(code).toBe(0);
  expect((await cli(["lint", "--fail-on", "warning", long])).code).toBe(1);
});

it("finds in telemetry what was refused there, and nothing in healthy runs", async () => {
  const refused = await cli(["lint", "-q", `${CAPTURES}/ai-sdk@7.0.173/array-without-items+native`]);
  expect(refused.out).toBe("file_claim: an array without items at properties.photos\n");
  const named = await cli(["lint", "-q", `${CAPTURES}/openai@3.57.0/bad-function-name`]);
  expect(named.out).toContain('the name "orders.list" may hold only');
  const healthy = await cli(["lint", "-f", "json", `${CAPTURES}/ai-sdk@7.0.173/healthy-parallel+native`]);
  expect(JSON.parse(healthy.out)).toMatchObject({ verdict: "clean", problems: [] });
});

it("a trace that marks strict tools is held to strict mode", async () => {
  const attributes = [
    { key: "gen_ai.operation.name", value: { stringValue: "chat" } },
    { key: "gen_ai.request.model", value: { stringValue: "gpt-5" } },
    {
      key: "gen_ai.tool.definitions",
      value: {
        stringValue: JSON.stringify([
          { type: "function", name: "find", strict: true, parameters: { type: "object", properties: {} } },
        ]),
      },
    },
  ];
  const span = {
    traceId: "a".repeat(32),
    spanId: "b".repeat(16),
    name: "chat gpt-5",
    startTimeUnixNano: "1",
    endTimeUnixNano: "2",
    attributes,
  };
  const trace = file("trace.json", { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
  const { out } = await cli(["lint", trace]);
  expect(out).toContain("✗ find: additionalProperties must be false\n");
  expect(out.replaceAll(/\s+/g, " ")).toContain("span bbbbbbbbbbbbbbbb");
});

it("no definitions, no file, no such provider", async () => {
  expect(await cli(["lint", file("none.json", { a: 1 })])).toEqual({
    code: 0,
    out: "No tool definitions found.\n",
    err: "",
  });
  expect((await cli(["lint", join(dir, "absent.json")])).code).toBe(3);
  expect((await cli(["lint", "--provider", "cohere", bad])).code).toBe(2);
});

it("passes no escape of a definition on to the terminal", async () => {
  const evil = file("evil.json", [{ type: "function", name: "\u001b[2Jx", parameters: { type: "\u001b]0;x\u0007" } }]);
  const { out } = await cli(["lint", evil]);
  expect(out).toContain("is no type of JSON Schema");
  // eslint-disable-next-line no-control-regex
  expect(out).not.toMatch(/[\u001b\u0007]/);
});
