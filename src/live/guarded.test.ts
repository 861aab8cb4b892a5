import { describe, expect, it } from "vitest";
import { guarded } from "./guarded.ts";
import { createLive } from "./live.ts";

describe("a fault of the analysis", () => {
  it("ends nothing, is told once, and is counted", () => {
    const told: string[] = [];
    const keep = (): boolean => {
      throw new Error("broken rule");
    };
    const live = guarded(
      createLive({ analyzer: { keep }, idleMs: 10, changed: () => {}, now: () => 0 }),
      (error) => void told.push(error.message),
    );
    const source = live.source("app.log", "text");
    source.push(
      new TextEncoder().encode(
        "2026-02-10 18:01:04,552 - autogen_core - ERROR - tool call failed\nTypeError: get_claim() got an unexpected keyword argument 'claimId'\n",
      ),
    );
    source.end();
    live.judge();
    live.judge();
    const report = live.finish();
    expect(told).toEqual(["broken rule"]);
    expect(report.verdict).toBe("no-agent-data");
    expect(report.coverage.dropped["analysis failed"]).toBeGreaterThanOrEqual(2);
  });
});
