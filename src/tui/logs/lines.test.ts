import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createLineIndex } from "../engine/line-index.ts";
import { openFileLines } from "./file-lines.ts";
import { joined } from "./lines.ts";
import { createRingLines } from "./ring-lines.ts";

const folder = mkdtempSync(join(tmpdir(), "misfire-lines-"));
afterAll(() => rmSync(folder, { recursive: true }));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("the lines of a file", () => {
  it("are read again by number, whatever the blocks were", () => {
    const text = Array.from(
      { length: 3000 },
      (_, n) => `${n + 1}: ${"ü".repeat(n % 50)}${n % 7 === 0 ? "\r" : ""}`,
    ).join("\n");
    const path = join(folder, "a.log");
    writeFileSync(path, text);
    const all = bytes(text);
    const lines = openFileLines(path);
    const index = createLineIndex(path);
    for (let at = 0; at < all.length; at += 777) {
      index.add(all.subarray(at, at + 777));
      if (at % 3 === 0) lines.grow(index.grown()!);
    }
    const last = index.grown();
    if (last !== null) lines.grow(last);
    expect(lines.now().count).toBe(3000);
    for (const n of [0, 1, 255, 256, 257, 1499, 2999])
      expect(lines.now().at(n)).toEqual({ source: path, line: n + 1, raw: `${n + 1}: ${"ü".repeat(n % 50)}` });
    expect(lines.now().find(path, 1500)).toBe(1499);
    expect(lines.now().find(path, 3001)).toBe(-1);
    lines.close();
  });

  it("stand behind those of the file before", () => {
    const ring = createRingLines();
    ring.add("x", bytes("one\ntwo\n"));
    const path = join(folder, "b.log");
    writeFileSync(path, "three\n");
    const file = openFileLines(path);
    const index = createLineIndex(path);
    index.add(bytes("three\n"));
    file.grow(index.grown()!);
    expect(index.grown()).toBeNull();
    const all = joined([ring, file]);
    expect(all.count).toBe(3);
    expect(all.at(2).raw).toBe("three");
    expect(all.find(path, 1)).toBe(2);
    expect(all.find("x", 2)).toBe(1);
    file.close();
  });
});

describe("the lines of streams", () => {
  it("keep the last ones, and say how many went", () => {
    const ring = createRingLines({ lines: 4, bytes: 1000 });
    ring.add("a", bytes("1\n2\nhal"));
    ring.add("b", bytes("x\n"));
    ring.add("a", bytes("f\n4\n5\n"));
    expect(ring.now().count).toBe(4);
    expect(ring.dropped).toBe(2);
    expect(Array.from({ length: 4 }, (_, n) => ring.now().at(n).raw)).toEqual(["x", "half", "4", "5"]);
    expect(ring.now().find("a", 3)).toBe(1);
    expect(ring.now().find("a", 1)).toBe(-1);
    expect(ring.now().find("b", 1)).toBe(0);
    for (let n = 0; n < 100; n++) ring.add("a", bytes(`${n}\n`));
    expect(ring.now().at(3).raw).toBe("99");
    expect(ring.now().find("a", 105)).toBe(3);
    expect(ring.now().find("a", 101)).toBe(-1);
  });

  it("stay as they were when more comes", () => {
    const ring = createRingLines({ lines: 3, bytes: 10_000 });
    ring.add("a", bytes("1\n2\n3\n"));
    const before = ring.now();
    ring.add("b", bytes("4\n5\n"));
    expect(before.count).toBe(3);
    expect(before.at(2).raw).toBe("3");
    expect(before.find("b", 1)).toBe(-1);
    expect(ring.now().find("b", 1)).toBe(1);
  });

  it("count from where an earlier process stopped", () => {
    const ring = createRingLines();
    ring.begin("a", 10);
    ring.add("a", bytes("eleven\ntwelve\n"));
    expect(ring.now().at(1)).toEqual({ source: "a", line: 12, raw: "twelve" });
    expect(ring.now().find("a", 11)).toBe(0);
    expect(ring.now().find("a", 1)).toBe(-1);
  });

  it("forget the oldest when they are too long together", () => {
    const ring = createRingLines({ lines: 1000, bytes: 20_000 });
    for (let n = 0; n < 10; n++) ring.add("a", bytes(`${String(n).repeat(5000)}\n`));
    expect(ring.now().count).toBe(3);
    expect(ring.now().at(0).raw[0]).toBe("7");
    expect(ring.now().find("a", 7)).toBe(-1);
    expect(ring.now().find("a", 8)).toBe(0);
  });
});
