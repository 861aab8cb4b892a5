import { expect, test } from "vitest";
import type { Sink } from "../records/format.ts";
import { firstRow, openCsv } from "./csv.ts";

function read(text: string, size: number): { rows: unknown[]; lines: number[]; drops: string[]; records: number } {
  const got = { rows: [] as unknown[], lines: [] as number[], drops: [] as string[] };
  const sink = { drop: (reason: string) => void got.drops.push(reason) } as Partial<Sink> as Sink;
  const reader = openCsv(sink, {
    cut: [],
    document(value, { line }) {
      got.rows.push(value);
      got.lines.push(line);
      return 1;
    },
  });
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  reader.end();
  return { ...got, records: reader.records };
}

const CSV = `id,name,input\r\n1,"a ""b"", c","{""q"": ""two\\nlines é""}"\r\n2,"two
lines",\r\n3,x,[1]`;

test("quotes, line breaks in cells and JSON cells, in blocks of any size", () => {
  for (const size of [1, 2, 7, 1000])
    expect(read(CSV, size)).toEqual({
      rows: [
        { id: "1", name: 'a "b", c', input: { q: "two\nlines é" } },
        { id: "2", name: "two\nlines" },
        { id: "3", name: "x", input: [1] },
      ],
      lines: [2, 3, 5],
      drops: [],
      records: 3,
    });
});

test("a row that is no row is dropped and counted", () => {
  expect(read("a,b,c\n1,2\n1,2,3\n", 5)).toMatchObject({
    rows: [{ a: "1", b: "2", c: "3" }],
    drops: ["row with other columns than the first"],
  });
  expect(read('a,b,c\n1,2,"3', 5)).toMatchObject({ rows: [], drops: ["half-written row"] });
});

test("only what begins with names in columns is taken for CSV", () => {
  expect(firstRow("id,name,input\n1,2,3\n")).toEqual({ id: "1", name: "2", input: "3" });
  expect(firstRow("2026-11-26 01:00:00,123 INFO a, b\nx\n")).toBeNull();
  expect(firstRow("one line, and no more")).toBeNull();
  expect(firstRow("One, two, three\nonly\n")).toEqual({ One: "only" });
});

test("a line of commas alone and a cell without an end cost no memory that grows with them", () => {
  expect(read(`a,b,c\n${",".repeat(100_000)}\n1,2,3\n`, 5000)).toMatchObject({
    rows: [{ a: "1", b: "2", c: "3" }],
    drops: ["row of over 16 MiB or 5000 cells"],
  });
  const long = read(`a,b,c\n1,2,"${"x".repeat((1 << 24) + 9)}"\n1,2,3\n`, 1 << 20);
  expect(long).toMatchObject({ rows: [{ a: "1", b: "2", c: "3" }], drops: ["row of over 16 MiB or 5000 cells"] });
});
