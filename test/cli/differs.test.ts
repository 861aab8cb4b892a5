import { describe, expect, it } from "vitest";
import type { Differs } from "../../src/compare/differs.ts";
import { cli } from "./run.ts";

const CAPTURES = "test/captures";
const OVERLOAD = "test/cli/overload.jsonl.gz";

describe("misfire differs", () => {
  it("finds that calls fail when more than eight run at once", async () => {
    const { code, out, err } = await cli(["differs", OVERLOAD]);
    expect(out).toMatch(/^16 failing runs, 11 healthy/);
    expect(out).toMatch(/calls in flight when it ran > 8 +16 of 16 failing, 0 of 11 healthy +p < 0\.0001/);
    expect(out).toContain("→ ✗ price_quote");
    expect(err).toBe("");
    expect(code).toBe(0);
  });

  it("gives the same as JSON", async () => {
    const { runs, calls, sequence } = JSON.parse((await cli(["differs", "-f", "json", OVERLOAD])).out) as Differs;
    expect(runs).toMatchObject({ failing: 16, healthy: 11 });
    expect(runs.differences.map(({ attribute, value }) => `${attribute} ${value}`)).toEqual([
      "runs in flight when it began > 8",
    ]);
    expect(calls.differences.every(({ corrected }) => corrected < 0.05)).toBe(true);
    expect(sequence).toMatchObject({
      first: 0,
      rows: [{ failing: { tool: "price_quote", outcome: "failed" }, same: false }],
    });
  });

  it("says nothing where nothing differs, or all is well", async () => {
    const few = await cli(["differs", `${CAPTURES}/openai-agents@0.6.9`]);
    expect(few.out).not.toContain("p = ");
    const healthy = await cli(["differs", `${CAPTURES}/mcp@2.3.0/healthy-streamable-http+native/traces.jsonl`]);
    expect(healthy.out).toContain("No failing run");
    expect(healthy.code).toBe(0);
  });

  it("looks at one cause alone with --only", async () => {
    const { out } = await cli(["differs", "--only", "arguments", OVERLOAD]);
    expect(out).toContain("0 failing");
    expect((await cli(["differs", "--only", "argumets", OVERLOAD])).code).toBe(2);
  });
});
