import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { align, type Step } from "./align.ts";

const step = (text: string): Step => ({ tool: text.slice(1), outcome: text.startsWith("!") ? "failed" : "ok" });
const steps = (text: string): Step[] => text.split(" ").filter(Boolean).map(step);

describe("two runs side by side", () => {
  it("puts what failed here and went well there in one row", () => {
    const rows = align(steps("+search !read +write"), steps("+search +read +write"));
    expect(rows.map(({ same }) => same)).toEqual([true, false, true]);
    expect(rows[1]).toEqual({ failing: step("!read"), healthy: step("+read"), same: false });
  });

  it("leaves a gap where one did more", () => {
    const rows = align(steps("+a +c"), steps("+a +b +c"));
    expect(rows).toEqual([
      { failing: step("+a"), healthy: step("+a"), same: true },
      { failing: null, healthy: step("+b"), same: false },
      { failing: step("+c"), healthy: step("+c"), same: true },
    ]);
  });

  it("keeps every step of both, in order", () => {
    const some = fc.array(fc.constantFrom("+a", "+b", "!a", "!b", "+c").map(step), { maxLength: 30 });
    fc.assert(
      fc.property(some, some, (a, b) => {
        const rows = align(a, b);
        expect(rows.flatMap(({ failing }) => failing ?? [])).toEqual(a);
        expect(rows.flatMap(({ healthy }) => healthy ?? [])).toEqual(b);
        for (const { failing, healthy, same } of rows) if (same) expect(failing).toEqual(healthy);
      }),
    );
  });
});
