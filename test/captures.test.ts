import { expect, test } from "vitest";
import { ARTEFACTS, scoreCaptures } from "./score.ts";

/** Floors on what real frameworks emit (test/captures); `npm run score` prints the table, `--show N` what is wrong. */
const { scores, misses } = scoreCaptures([new URL("captures", import.meta.url).pathname], {
  artefacts: Object.keys(ARTEFACTS),
  joined: true,
});
const rate = (a: number, b: number) => a / b;

test("healthy runs give nothing, whatever is read of them", () => {
  expect(
    misses.filter((m) => m.truth === "healthy").map((m) => `${m.capture} ${m.artefact}: ${m.got} (${m.excerpt})`),
  ).toEqual([]);
  expect([...scores.values()].reduce((n, s) => n + s.healthy, 0)).toBeGreaterThan(400);
});

test.each([
  ["console.log", 0.95],
  ["events.jsonl", 0.95],
  ["requests.jsonl", 0.95],
  ["traces.jsonl", 0.95],
  ["joined", 0.97],
])("%s: the first incident is the cause in at least %d of the runs where it can be seen", (artefact, floor) => {
  const s = scores.get(artefact)!;
  expect(s.visible).toBeGreaterThan(9);
  expect(
    rate(s.top1, s.visible),
    misses
      .filter((m) => m.artefact === artefact)
      .map((m) => `${m.capture}: ${m.truth}, got ${m.got}`)
      .join("\n"),
  ).toBeGreaterThanOrEqual(floor);
});

test.each([
  ["console.log", 0.93, 0.97, 0.9, 0.8],
  ["requests.jsonl", 0.93, 0.97, 0.97, 0.9],
  ["traces.jsonl", 0.95, 0.97, 0.9, 0.85],
  ["joined", 0.96, 0.97, 0.9, 0.9],
])(
  "%s: failures found %d, incidents that are failures %d, tools %d, arguments %d",
  (artefact, recall, precision, tool, argument) => {
    const s = scores.get(artefact)!;
    expect(rate(s.matched, s.failures)).toBeGreaterThanOrEqual(recall);
    expect(rate(s.fair, s.incidents)).toBeGreaterThanOrEqual(precision);
    expect(rate(...s.tool)).toBeGreaterThanOrEqual(tool);
    expect(rate(...s.argument)).toBeGreaterThanOrEqual(argument);
  },
);
