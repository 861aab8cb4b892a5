import { expect, test } from "vitest";
import { readTexts, scoreTexts } from "./score-texts.ts";

const corpus = (name: string) => readTexts(new URL(`corpus/${name}`, import.meta.url).pathname);

test("labelled texts get their class and facts", () => {
  const s = scoreTexts(corpus("texts.jsonl"));
  const wrong = s.wrong.map((w) => `${w.id} expected ${w.expect}, got ${w.got}: ${w.text.slice(0, 100)}`).join("\n");
  expect(s.right / s.texts, wrong).toBeGreaterThanOrEqual(0.95);
  expect(s.factsRight / s.facts).toBeGreaterThanOrEqual(0.9);
  expect(s.unclassified[0] / s.unclassified[1]).toBeGreaterThanOrEqual(0.9);
  expect(s.alarms[0]).toBe(0);
});

test("nothing fires on words of failure in harmless places", () => {
  const s = scoreTexts(corpus("negatives.jsonl"));
  expect(s.wrong.map((w) => `${w.id} got ${w.got}: ${w.text.slice(0, 100)}`)).toEqual([]);
  expect(s.alarms[1]).toBe(60);
});
