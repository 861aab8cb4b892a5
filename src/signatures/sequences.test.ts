import { expect, test } from "vitest";
import { compileClassifier } from "./compile.ts";
import { exampleText } from "./examples.ts";
import { createSequences } from "./sequences.ts";

const classifier = compileClassifier(
  {
    id: "execution/unanswered",
    title: "A started job never ends",
    severity: "error",
    cause: "The job of {tool} never ended.",
    fix: { summary: "Look at it.", steps: ["Look"] },
    signatures: [
      {
        id: "started-not-done",
        sequence: {
          on: ["tool"],
          within: { records: 3 },
          steps: [
            { pattern: "the job (?<tool>\\w{1,20}) took off" },
            { pattern: "the job (?<tool>\\w{1,20}) landed", absent: true },
          ],
        },
      },
      {
        id: "retry-then-fail",
        sequence: {
          on: ["tool"],
          within: { seconds: 5 },
          steps: [{ pattern: "second try of (?<tool>\\w{1,20})" }, { pattern: "gave up on (?<tool>\\w{1,20})" }],
        },
      },
    ],
    examples: { clean: ["a", "b"] },
  },
  "x.yaml",
);

function run(lines: string[], seconds: number[] = []) {
  const tracker = createSequences([classifier]);
  const found = lines.flatMap((l, i) =>
    tracker.see({
      ...exampleText(l, "log", null),
      time: seconds[i] === undefined ? null : BigInt(seconds[i]) * 1_000_000_000n,
    }),
  );
  return [...found, ...tracker.end()].map((f) => `${f.match.signature.id} ${f.match.facts.tool}`);
}

test("what must follow and does gives nothing", () => {
  expect(run(["the job a took off", "other", "the job a landed", "x", "x"])).toEqual([]);
});

test("what must follow and does not is found when the window closes, or at the end", () => {
  expect(run(["the job a took off", "x", "x", "x", "x", "the job a landed"])).toEqual(["started-not-done a"]);
  expect(run(["the job a took off"])).toEqual(["started-not-done a"]);
});

test("steps join on the captured fact", () => {
  expect(run(["the job a took off", "the job b took off", "the job b landed"])).toEqual(["started-not-done a"]);
  expect(run(["second try of a", "gave up on b"], [0, 1])).toEqual([]);
  expect(run(["second try of a", "second try of b", "gave up on b"], [0, 1, 2])).toEqual(["retry-then-fail b"]);
});

test("a window in seconds closes", () => {
  expect(run(["second try of a", "gave up on a"], [0, 9])).toEqual([]);
});
