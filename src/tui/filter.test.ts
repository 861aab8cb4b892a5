import { describe, expect, it } from "vitest";
import { filterOf, type Filterable } from "./filter.ts";

const NOW = Date.parse("2026-05-01T12:00:00Z");
const ONE: Filterable = {
  tool: "get_claim",
  layer: "arguments",
  agent: ["planner"],
  model: ["gpt-4o-mini"],
  is: ["failed", "masked"],
  time: NOW - 5 * 60_000,
  text: "the model passes claimId",
};

describe("filterOf", () => {
  it.each([
    ["", true],
    ["tool:claim", true],
    ["tool:order", false],
    ["layer:arguments model:mini", true],
    ["-model:mini", false],
    ["agent:PLANNER is:masked", true],
    ["is:recovered", false],
    ["since:10m", true],
    ["since:1m", false],
    ["until:1m", true],
    ["since:2026-05-01T11:50Z", true],
    ['"passes claimId"', true],
    ['"claimId passes"', false],
    ["passes -order", true],
    ["run:x", false],
  ])("%s", (text, wanted) => {
    const found = filterOf(text, NOW);
    expect("matches" in found && found.matches(ONE)).toBe(wanted);
  });

  it("says what is wrong", () => {
    expect(filterOf("colour:red", NOW)).toEqual({ problem: expect.stringContaining("no field colour") });
    expect(filterOf("since:soon", NOW)).toEqual({ problem: expect.stringContaining('"soon" is no time') });
  });

  it("keeps what has no time", () => {
    const found = filterOf("since:1m", NOW);
    expect("matches" in found && found.matches({ text: "", time: null })).toBe(true);
  });
});
