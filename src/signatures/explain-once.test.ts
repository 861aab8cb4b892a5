import { expect, it } from "vitest";
import { scopeOf } from "../records/evidence.ts";
import type { Text } from "../records/text.ts";
import { createExplainer } from "./explain-once.ts";
import type { Matcher } from "./matcher.ts";

function counting(): { matcher: Matcher; asked: () => number } {
  let asked = 0;
  return { matcher: { match: () => (asked++, []) }, asked: () => asked };
}

const text = (over: Partial<Text>): Text => ({
  place: "log",
  text: "Tool 'x' not found",
  flagged: null,
  evidence: {
    kind: "log",
    source: "a.log",
    line: 1,
    byteOffset: 0,
    traceId: null,
    spanId: null,
    messageIndex: null,
    callId: null,
    excerpt: "",
    highlight: null,
  },
  scope: scopeOf("a.log"),
  time: null,
  tool: null,
  callId: null,
  hits: new Set([1, 2]),
  lines: null,
  level: null,
  ...over,
});

it("looks at the same text once, whoever said it", () => {
  const { matcher, asked } = counting();
  const explain = createExplainer(matcher);
  explain(text({}));
  explain(text({ time: 5n, scope: scopeOf("b.log"), hits: new Set([2, 1]) }));
  expect(asked()).toBe(1);
});

it.each([
  { text: "Tool 'y' not found" },
  { place: "exception" as const },
  { flagged: true },
  { hits: new Set([1]) },
  { hits: new Set([1, 3]) },
  { hits: null },
])("looks anew where %o differs", (other) => {
  const { matcher, asked } = counting();
  const explain = createExplainer(matcher);
  explain(text({}));
  explain(text(other));
  expect(asked()).toBe(2);
});

it("remembers neither long texts nor joined ones", () => {
  const { matcher, asked } = counting();
  const explain = createExplainer(matcher);
  for (const one of [text({ text: "x".repeat(5000) }), text({ breaks: [0] })]) {
    explain(one);
    explain(one);
  }
  expect(asked()).toBe(4);
});

it("holds a bounded number of texts", () => {
  const { matcher, asked } = counting();
  const explain = createExplainer(matcher);
  explain(text({}));
  for (let i = 0; i < 1000; i++) explain(text({ text: `sentence ${i}` }));
  explain(text({}));
  expect(asked()).toBe(1002);
});
