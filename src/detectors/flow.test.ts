import { describe, expect, it } from "vitest";
import { call, executed, requested, returned, teller } from "../toolcalls/facts.fixture.ts";
import { found } from "./case.fixture.ts";
import { loop } from "./loop.ts";
import { editDistance, nearest } from "./nearest.ts";
import { overload } from "./overload.ts";
import { violationsOf } from "./schema-check.ts";

const log = teller("app.log");

describe("loop", () => {
  const calls = (
    results: (string | null)[],
    isError: boolean | null = null,
    args = (n: number): unknown => ({ q: n > 99 ? n : 1 }),
  ) =>
    results.flatMap((result, n) => [
      log.at(2 * n)(requested(call(`call_l${n}xx`, "get_forecast", args(n)))),
      ...(result === null ? [] : [log.at(2 * n + 1)(returned(`call_l${n}xx`, result, null, isError))]),
    ]);

  it("finds the same call with the same result", () => {
    expect(found(loop, calls(["No station found.", "No station found.", "No station found."]))).toMatchObject([
      { classifier: "flow/loop", facts: { count: "3", tool: "get_forecast" } },
    ]);
    expect(found(loop, calls(Array.from({ length: 4 }, () => "forecast pending, try again later")))).toHaveLength(1);
    expect(found(loop, calls(["pending", "pending", "pending", null]))).toHaveLength(1);
  });

  it("finds a round of two calls", () => {
    const round = [0, 1, 0, 1, 0, 1].flatMap((which, n) => [
      log.at(2 * n)(requested(call(`call_m${n}xx`, which === 0 ? "a" : "b", {}))),
      log.at(2 * n + 1)(returned(`call_m${n}xx`, `same ${which}`)),
    ]);
    expect(found(loop, round)).toMatchObject([{ facts: { count: "3" } }]);
  });

  it("leaves polls alone whose result changes, other arguments, and few retries", () => {
    expect(found(loop, calls(["pending 0%", "running 40%", "running 90%", "done"]))).toEqual([]);
    expect(found(loop, calls(["pending", "pending", "pending", "pending", "done"]))).toEqual([]);
    expect(
      found(
        loop,
        calls(["x", "x", "x"], null, (n) => ({ page: n })),
      ),
    ).toEqual([]);
    expect(found(loop, calls(["Error: no", "Error: no", "Error: no"], true))).toEqual([]);
  });
});

describe("overload", () => {
  const burst = (isBad: (n: number) => boolean) =>
    Array.from({ length: 20 }, (_, n) => {
      const start = n < 4 ? n * 10 : 100;
      const one = {
        ...log.at(start)(executed(`call_o${n}xx`, "quote", {}, isBad(n) ? "failed" : "ok")),
        time: BigInt(start * 1_000_000 + n),
      };
      return one.kind === "executed" ? { ...one, durationNs: n < 4 ? 5n : 1_000_000n } : one;
    });

  it("names the threshold above which calls fail", () => {
    expect(
      found(
        overload,
        burst((n) => n >= 12),
      ),
    ).toMatchObject([{ classifier: "concurrency/overload", facts: { limit: "8", actual: "16", count: "8" } }]);
  });

  it("leaves failures alone that load does not explain", () => {
    expect(
      found(
        overload,
        burst((n) => n % 3 === 0),
      ),
    ).toEqual([]);
    expect(
      found(
        overload,
        burst(() => true),
      ),
    ).toEqual([]);
    expect(
      found(
        overload,
        burst((n) => n === 19),
      ),
    ).toEqual([]);
  });
});

describe("nearest", () => {
  it("finds what was meant", () => {
    expect(nearest("claimId", ["policy", "claim_id"])).toBe("claim_id");
    expect(nearest("get_wether", ["get_weather", "get_water"])).toBe("get_weather");
    expect(nearest("lookup_order", ["cancel_invoice", "order_status"])).toBe("order_status");
    expect(nearest("zzz", ["claim_id"])).toBeNull();
    expect(editDistance("kitten", "sitting", 5)).toBe(3);
  });
});

describe("violationsOf", () => {
  it("follows references, alternatives and nesting", () => {
    const schema = {
      type: "object",
      $defs: { item: { type: "object", properties: { id: { type: "string" } }, required: ["id"] } },
      properties: {
        items: { type: "array", items: { $ref: "#/$defs/item" } },
        note: { anyOf: [{ type: "string" }, { type: "null" }] },
      },
    };
    expect(violationsOf(schema, { items: [{ id: "a" }, {}], note: null })).toMatchObject([
      { kind: "missing", path: "items[1].id" },
    ]);
    expect(
      violationsOf(schema, { items: '["a"]', note: 3 }).map(({ kind, path, expected, received }) => [
        kind,
        path,
        expected,
        received,
      ]),
    ).toEqual([
      ["type", "items", "array", "string"],
      ["type", "note", "string or null", "number"],
    ]);
  });

  it("bears hostile schemas", () => {
    const ring = { $ref: "#/a", a: { $ref: "#/a" } };
    expect(violationsOf(ring, {})).toEqual([]);
    let deep: unknown = { type: "string" };
    for (let n = 0; n < 10_000; n++) deep = { allOf: [deep] };
    expect(violationsOf(deep, 1)).toEqual([]);
    expect(
      violationsOf({ properties: { a: { pattern: "(a+)+$" } } }, { a: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" }),
    ).toEqual([]);
    expect(
      violationsOf(
        { properties: JSON.parse('{"__proto__": {"type": "string"}}') as object, additionalProperties: false },
        JSON.parse('{"__proto__": 1}'),
      ),
    ).toHaveLength(1);
  });
});
