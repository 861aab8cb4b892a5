import { expect, test } from "vitest";
import { compileClassifier } from "./compile.ts";

const whole = {
  id: "execution/tool-raised",
  title: "The tool raised",
  severity: "error",
  cause: "It raised an error.",
  fix: { summary: "Mend it.", steps: ["Mend"] },
  signatures: [{ id: "a", pattern: "the gadget exploded" }],
  examples: { match: [{ text: "the gadget exploded" }], clean: ["one", "two"] },
};

test("a whole file compiles, with literals", () => {
  expect(compileClassifier(whole, "a.yaml").signatures[0]).toMatchObject({
    literals: ["the gadget exploded"],
    weight: 1,
  });
});

test("a file that silences another needs nothing else", () => {
  expect(compileClassifier({ extends: "execution/tool-raised", silence: true }, "a.yaml")).toMatchObject({
    id: "execution/tool-raised",
    silence: true,
    signatures: [],
  });
});

test("a file that extends another brings its signatures and their examples", () => {
  const extended = compileClassifier(
    { extends: "execution/tool-raised", signatures: whole.signatures, examples: whole.examples },
    "a.yaml",
  );
  expect(extended).toMatchObject({ id: "execution/tool-raised", extends: "execution/tool-raised" });
});

test.each([
  [{ ...whole, id: "nolayer/x" }, "the id is layer/class"],
  [{ ...whole, examples: { ...whole.examples, clean: ["one"] } }, "examples.clean"],
  [{ ...whole, signatures: [{ id: "a", pattern: "(" }] }, "signatures.a: Invalid regular expression"],
  [{ ...whole, signatures: [{ id: "a", pattern: "\\d+" }] }, "requires no literal"],
  [
    { ...whole, signatures: [{ id: "a", pattern: "\\d+ failed" }] },
    'logs are searched for " failed", which is in every log',
  ],
  [
    { ...whole, signatures: [{ id: "a", pattern: "zapped" }] },
    'searched for "zapped", which is shorter than 7 characters',
  ],
  [{ ...whole, signatures: [{ id: "a" }] }, "has a pattern or a sequence"],
  [{ ...whole, titel: "x" }, "Unrecognized key"],
  ["text", "expected object"],
])("%# is refused with its file and the problem", (document, problem) => {
  expect(() => compileClassifier(document, "mine/a.yaml")).toThrow(new RegExp(`^mine/a\\.yaml: .*${problem}`));
});
