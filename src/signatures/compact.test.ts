import { expect, test } from "vitest";
import { compileClassifier } from "./compile.ts";
import { compact, hydrate } from "./compact.ts";

const classifier = compileClassifier(
  {
    id: "execution/tool-raised",
    title: "The tool raised",
    severity: "error",
    cause: "It raised an error.",
    fix: { summary: "Mend it.", steps: ["Mend"] },
    signatures: [
      { id: "plain", pattern: "the gadget exploded" },
      {
        id: "special",
        pattern: "the widget imploded (?<tool>\\w{1,9})",
        in: ["status"],
        weight: 0,
        needsAgent: true,
        facts: { provider: "x" },
        severity: "info",
      },
      { id: "two", sequence: { steps: [{ pattern: "first the gadget" }, { pattern: "then the widget" }] } },
    ],
    examples: { match: [{ text: "the gadget exploded" }], clean: ["one", "two"] },
  },
  "a.yaml",
);

test("what is compacted comes back whole", () => {
  const { examples: _examples, ...rest } = classifier;
  expect(hydrate(JSON.parse(JSON.stringify(compact(classifier))))).toEqual(rest);
  expect(Object.keys(compact(classifier).signatures[0]!)).toEqual(["id", "pattern", "literals"]);
});
