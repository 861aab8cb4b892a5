import { describe, expect, it } from "vitest";
import { fromMicros, readTime, timeAt } from "./time.ts";

const iso = (ns: bigint | null | undefined) => (ns == null ? null : new Date(Number(ns / 1_000_000n)).toISOString());

describe("timeAt", () => {
  it.each([
    ["2026-11-24 12:32:10,667 INFO", "2026-11-24T12:32:10.667Z", 23],
    ["2026-11-24T12:32:10.667123Z [info", "2026-11-24T12:32:10.667Z", 27],
    ["2026-11-24T12:32:10+02:00 x", "2026-11-24T10:32:10.000Z", 25],
    ["2026-11-24 12:22:59.291 -0530] x", "2026-11-24T17:52:59.291Z", 29],
    ["2026/11/24 12:32:11 panic", "2026-11-24T12:32:11.000Z", 19],
    ["2026-11-25 19:10.16 [info", "2026-11-25T19:10:16.000Z", 19],
    ["11/24/26 12:32:11] INFO", "2026-11-24T12:32:11.000Z", 17],
    ["11/24/2026, 1:32:11 PM     ERROR", "2026-11-24T13:32:11.000Z", 22],
    ["1795523413394] ERROR (1)", "2026-11-24T12:30:13.394Z", 13],
    ["12:23:43.487] INFO", null, 12],
  ])("reads %s", (text, time, end) => {
    const read = timeAt(text, 0);
    expect(read?.end).toBe(end);
    expect(iso(read?.time)).toBe(time);
  });

  it("keeps nanoseconds", () => {
    expect(timeAt("2026-11-24T12:32:10.123456789Z", 0)?.time).toBe(1795523530123456789n);
  });

  it.each(["12:30 lunch", "2026-11-24", "3 apples", "10.0.0.1:80", "127.0.0.1 - -"])(
    "takes nothing from %s",
    (text) => {
      expect(timeAt(text, 0)).toBeNull();
    },
  );

  it("has no time for a date that is none", () => {
    expect(timeAt("2026-13-45 12:32:10,667 x", 0)?.time).toBeNull();
  });
});

describe("readTime", () => {
  it.each([
    [1795523530, "2026-11-24T12:32:10.000Z"],
    [1795523530.667, "2026-11-24T12:32:10.667Z"],
    [1795523530667, "2026-11-24T12:32:10.667Z"],
    ["1795523530667", "2026-11-24T12:32:10.667Z"],
    ["1795523530.667", "2026-11-24T12:32:10.667Z"],
    [1795523530667000, "2026-11-24T12:32:10.667Z"],
    ["1795523530667000000", "2026-11-24T12:32:10.667Z"],
    ["2026-11-24 12:32:10,667", "2026-11-24T12:32:10.667Z"],
  ])("tells the unit of %s", (value, time) => {
    expect(iso(readTime(value))).toBe(time);
  });

  it.each([[30], [""], ["soon"], [null], [Number.NaN], ["2026-11-24 12:32:10,667 and more text"]])(
    "refuses %s",
    (value) => {
      expect(readTime(value)).toBeNull();
    },
  );

  it("reads journald's microseconds", () => {
    expect(fromMicros("1795523530667001")).toBe(1795523530667001000n);
  });
});
