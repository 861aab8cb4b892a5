import { describe, expect, it } from "vitest";
import type { Comparison } from "../../src/compare/compare.ts";
import { cli } from "./run.ts";

const CAPTURES = "test/captures";
const OVERLOAD = "test/cli/overload.jsonl.gz";
const HEALTHY = `${CAPTURES}/mcp@2.3.0/healthy-streamable-http+native/traces.jsonl`;
const ARGUMENT = `${CAPTURES}/openai-agents@0.6.9/unexpected-argument+openinference`;

describe("misfire compare", () => {
  it("names what is new and what is gone, and fails when something is new", async () => {
    const { code, out } = await cli(["compare", ARGUMENT, OVERLOAD]);
    expect(out).toMatch(/✗ new .*concurrency\/overload · price_quote\n +0 of 1 → 16 of 27 calls · p = /);
    expect(out).toMatch(/✓ gone .*arguments\/unexpected-argument · get_claim_file/);
    expect(out).toContain("may be chance");
    expect(code).toBe(1);
  });

  it("is at peace when failures are gone, or nothing changed", async () => {
    const gone = await cli(["compare", ARGUMENT, HEALTHY]);
    expect(gone.out).toContain("gone");
    expect(gone.code).toBe(0);
    const same = await cli(["compare", OVERLOAD, OVERLOAD]);
    expect(same.out).toContain("No cause is new, gone, or clearly more or less frequent.");
    expect(same.code).toBe(0);
    expect((await cli(["compare", ARGUMENT, OVERLOAD, "--fail-on", "never"])).code).toBe(0);
  });

  it("gives counts and chances as JSON", async () => {
    const one = JSON.parse((await cli(["compare", "-f", "json", HEALTHY, OVERLOAD])).out) as Comparison;
    expect(one).toMatchObject({
      schema: "misfire.compare/1",
      by: null,
      after: { runs: 27, failedRuns: 16, calls: 27, failedCalls: 16 },
    });
    for (const cause of one.causes) {
      expect(cause.change).toBe("new");
      expect(cause.p).toBeLessThanOrEqual(cause.corrected!);
    }
  });

  it("compares the values of an attribute within one input", async () => {
    const { code, out } = await cli(["compare", "--by", "framework", ARGUMENT, OVERLOAD]);
    expect(out).toContain("framework = autogen: 16 of 27 runs failed");
    expect(out).toContain("framework = openai-agents: 1 of 1 run failed");
    expect(code).toBe(0);
  });

  it("says which attributes there are", async () => {
    const { code, err } = await cli(["compare", "--by", "framewrk", ARGUMENT, OVERLOAD]);
    expect(err).toContain("did you mean framework?");
    expect(code).toBe(2);
    expect((await cli(["compare", ARGUMENT])).code).toBe(2);
    expect((await cli(["compare", ARGUMENT, "no-such-file"])).code).toBe(3);
  });
});
