import { describe, expect, it } from "vitest";
import { fisher, fisherTwoSided, leastFisher } from "./fisher.ts";
import { holm, testable } from "./holm.ts";

describe("Fisher's exact test", () => {
  it("gives the exact values", () => {
    // Fisher's tea; the others were computed with whole numbers (sums of binomial coefficients)
    expect(fisher(3, 1, 1, 3)).toBeCloseTo(0.2428571, 6);
    expect(fisherTwoSided(3, 1, 1, 3)).toBeCloseTo(0.4857143, 6);
    expect(fisherTwoSided(10, 2, 3, 15)).toBeCloseTo(0.0005367, 6);
    expect(fisher(10, 2, 3, 15)).toBeCloseTo(0.0004652, 6);
  });

  it("is 1 where nothing can be said, and never more", () => {
    expect(fisher(0, 0, 0, 0)).toBe(1);
    expect(fisherTwoSided(5, 0, 5, 0)).toBe(1);
    expect(fisher(5, 0, 5, 0)).toBe(1);
    expect(fisherTwoSided(4, 4, 4, 4)).toBeLessThanOrEqual(1);
  });

  it("holds for large counts, where factorials are approximated", () => {
    expect(fisherTwoSided(4900, 50, 4900, 90)).toBeCloseTo(0.000851211, 9);
    expect(fisher(4900, 50, 4900, 90)).toBeCloseTo(0.000498023, 9);
    expect(fisher(20000, 100, 20000, 100)).toBeCloseTo(0.528244586, 9);
  });

  it("knows the best that a table can do", () => {
    expect(leastFisher(4, 4, 4)).toBeCloseTo(1 / 70, 9);
    expect(leastFisher(9, 1, 5)).toBeCloseTo(0.5, 9);
    expect(leastFisher(9, 0, 5)).toBeCloseTo(1, 9);
  });
});

describe("the correction for many looks", () => {
  it("is Holm's", () => {
    expect(holm([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(6)))).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holm([])).toEqual([]);
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
  });

  it("leaves out what could never be significant", () => {
    // ten values that one run has, and one that half of them have
    const least = [...Array.from({ length: 10 }, () => 0.5), 0.001];
    expect(testable(least, 0.05)).toEqual([...Array.from({ length: 10 }, () => false), true]);
    expect(testable([0.01, 0.01, 0.01], 0.05)).toEqual([true, true, true]);
    expect(testable([0.02, 0.02, 0.02, 0.02], 0.05)).toEqual([false, false, false, false]);
    expect(testable([], 0.05)).toEqual([]);
  });
});
