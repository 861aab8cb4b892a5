import { describe, expect, test } from "vitest";
import { createWuManber } from "../ingest/text/wu-manber.ts";
import { compileClassifier } from "./compile.ts";
import { exampleText } from "./examples.ts";
import { literalSet } from "./literal-set.ts";
import { createMatcher } from "./matcher.ts";
import { resolve } from "./resolve.ts";

const classifiers = [
  define("arguments/unexpected-argument", [
    {
      id: "typeerror",
      pattern: "(?<tool>[\\w.]{1,80})\\(\\) got an unexpected keyword argument \\\\?['\"](?<argument>\\w{1,80})",
    },
  ]),
  define("execution/tool-raised", [
    { id: "wrapper", pattern: "Error executing tool (?<tool>[\\w-]{1,80})", weight: 0 },
  ]),
  define("result/not-serializable", [
    { id: "json", pattern: "Object of type (?<received>\\w{1,80}) is not JSON serializable" },
  ]),
];
const literals = literalSet(classifiers.flatMap((c) => c.signatures.flatMap((s) => s.literals)));
const matcher = createMatcher(classifiers, literals, () => createWuManber(literals.list));
const answer = (text: string, place: Parameters<typeof exampleText>[1] = "log", flagged: boolean | null = null) =>
  resolve(matcher.match(exampleText(text, place, flagged)));

describe("a text", () => {
  test("gets the class and the facts of the signature that matches", () => {
    const found = answer("2026-01-01 ERROR run failed: get_claim() got an unexpected keyword argument 'claimId'")!;
    expect(found.classifier.id).toBe("arguments/unexpected-argument");
    expect(found.facts).toEqual({ tool: "get_claim", argument: "claimId" });
  });

  test("is read once more where it was escaped on its way through JSON", () => {
    const found = answer(
      JSON.stringify(JSON.stringify("TypeError: f() got an unexpected keyword argument 'x'\nnext")),
    )!;
    expect(found.facts).toEqual({ tool: "f", argument: "x" });
    // the line's end before the name does not become a part of it
    const inner = JSON.stringify({ error: "import get error...\nget() got an unexpected keyword argument 'x'" });
    expect(answer(JSON.stringify({ observation: inner }))!.facts).toEqual({ tool: "get", argument: "x" });
    expect(answer(inner)!.facts).toEqual({ tool: "get", argument: "x" });
  });

  test("of a wrapper and what it wraps is answered by the latter, with the wrapper's tool", () => {
    const found = answer("Error executing tool report: Object of type datetime is not JSON serializable")!;
    expect(found.classifier.id).toBe("result/not-serializable");
    expect(found.facts).toEqual({ received: "datetime", tool: "report" });
  });

  test("of a chain of exceptions is answered by the innermost", () => {
    const chain = [
      "Traceback (most recent call last):",
      '  File "/app/tools.py", line 3, in run',
      "    return json.dumps(x)",
      "TypeError: Object of type UUID is not JSON serializable",
      "",
      "During handling of the above exception, another exception occurred:",
      "",
      "Traceback (most recent call last):",
      '  File "/app/agent.py", line 9, in call',
      "    raise ToolError from e",
      "TypeError: wrap() got an unexpected keyword argument 'cause'",
    ].join("\n");
    expect(answer(chain)!.classifier.id).toBe("result/not-serializable");
  });

  test.each([
    ["no literal", "all is well"],
    ["the literal without the rest", "got an unexpected keyword argument"],
    ["a chat turn", "User: why do I see f() got an unexpected keyword argument 'x'?"],
    ["an assistant's turn", "Assistant: it says that Object of type X is not JSON serializable"],
    ["a diff", "+    raise TypeError(\"f() got an unexpected keyword argument 'x'\")"],
    ["a comment", "# f() got an unexpected keyword argument 'x'"],
    ["a test's name", "test_claims.py::test_f() got an unexpected keyword argument 'x' PASSED"],
  ])("with %s gives nothing", (_, text) => {
    expect(answer(text)).toBeNull();
  });
});

describe("a tool result", () => {
  const quoting = '{"hits": [{"line": "TypeError: f() got an unexpected keyword argument \'x\'"}]}';
  test("that only quotes an error gives nothing", () => {
    expect(answer(quoting, "tool-result")).toBeNull();
    expect(answer(quoting, "tool-result", false)).toBeNull();
  });

  test("that a flag calls an error is matched anywhere", () => {
    expect(answer(quoting, "tool-result", true)!.facts["argument"]).toBe("x");
  });

  test.each([
    "f() got an unexpected keyword argument 'x'",
    "Error: f() got an unexpected keyword argument 'x'",
    '{"error": "f() got an unexpected keyword argument \'x\'"}',
    '[{"type": "text", "text": "Error executing tool f: f() got an unexpected keyword argument \'x\'"}]',
    "ToolException(\"TypeError: f() got an unexpected keyword argument 'x'\")",
  ])("whose form says that it is an error counts: %s", (text) => {
    expect(answer(text, "tool-result")!.facts["argument"]).toBe("x");
  });
});

function define(id: string, signatures: object[]) {
  return compileClassifier(
    {
      id,
      title: "A title here",
      severity: "error",
      stage: "validated",
      cause: "Because of {tool}.",
      fix: { summary: "Change it.", steps: ["Do"] },
      signatures,
      examples: { clean: ["a", "b"] },
    },
    `${id}.yaml`,
  );
}
