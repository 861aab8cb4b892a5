import { describe, expect, test } from "vitest";
import type { Sink } from "../../records/format.ts";
import { Cutter } from "./cutter.ts";
import { openJson } from "./reader.ts";

function read(
  text: string,
  size: number,
  cut: string[] = [],
): { documents: unknown[]; drops: Record<string, number>; places: string[] } {
  const documents: unknown[] = [];
  const places: string[] = [];
  const drops: Record<string, number> = {};
  const sink = { drop: (reason: string) => (drops[reason] = (drops[reason] ?? 0) + 1) } as unknown as Sink;
  const reader = openJson(sink, {
    cut,
    document(value, place) {
      documents.push(value);
      places.push(`${place.line}:${place.byteOffset}`);
      return 1;
    },
  });
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  reader.end();
  expect(reader.records).toBe(documents.length);
  return { documents, drops, places };
}

const a = { name: 'a "quoted" \\ }{ [', list: [1, { deep: ["ü", "\n"] }] };
const b = { name: "b" };
const line = JSON.stringify;
const pretty = (value: unknown): string => JSON.stringify(value, null, 4);

describe("JSON documents", () => {
  const inputs: [string, string, unknown[], Record<string, number>][] = [
    ["one document", line(a), [a], {}],
    ["lines", `${line(a)}\n${line(b)}\r\n\n${line(a)}\n`, [a, b, a], {}],
    ["indented, one behind the other", `${pretty(a)}\n${pretty(b)}\n${pretty(a)}`, [a, b, a], {}],
    ["on one line without separator", `${line(a)}${line(b)} ${line(a)},${line(b)}\n${line(a)}`, [a, b, a, b, a], {}],
    ["an array with its elements on lines", `[\n${line(a)},\n${line(b)}\n]\n`, [[a, b]], {}],
    ["a byte order mark and record separators", `\ufeff${line(a)}\n\u001e${line(b)}\n`, [a, b], {}],
    ["a half-written last line", `${line(a)}\n${line(b)}\n{"name": "c`, [a, b], { "half-written JSON document": 1 }],
    [
      "a half-written line between",
      `${line(a)}\n{"name": "a \\"quoted\\" and cut\n${line(b)}\n`,
      [a, b],
      { "broken JSON document": 1 },
    ],
    [
      "a line cut behind a bracket",
      `{"name":"document one","list":[\n{"name":"document one","list":[]}\n`,
      [{ name: "document one", list: [] }],
      { "broken JSON document": 1 },
    ],
    ["text between", `${line(a)}\nTraceback (most recent call last):\n${line(b)}\n`, [a, b], { "not JSON": 1 }],
    ["text behind on the line", `${line(a)} and more\n${line(b)}\n`, [a, b], {}],
    ["no JSON at all", "{broken}\n{also: 1}\n", [], { "broken JSON document": 2 }],
    ["nothing", " \n\n", [], {}],
  ];

  test.each(inputs)("%s, in blocks of any size", (_name, text, documents, drops) => {
    for (const size of [1, 2, 3, 7, 16, 64, 10_000]) {
      const result = read(text, size);
      expect(result.documents).toEqual(documents);
      expect(result.drops).toEqual(drops);
    }
  });

  test("says where each begins", () => {
    expect(read(`${line(b)}\n\n${pretty(b)}\n${line(b)}\n`, 5).places).toEqual(["1:0", "3:14", "6:34"]);
  });

  test("nanoseconds in bare numbers keep their last digits", () => {
    expect(
      read('{"startTimeUnixNano": 1795523022993296057, "s": "\\"timeNano\\":1795523022993296057"}', 9).documents,
    ).toEqual([{ startTimeUnixNano: "1795523022993296057", s: '"timeNano":1795523022993296057' }]);
  });

  test("a document over 8 MiB comes in parts, in bounded memory", () => {
    const span = { name: "x", text: "y".repeat(2000), list: [[1], { a: ["]"] }] };
    const spans = Array.from({ length: 9000 }, (_, id) => ({ ...span, id }));
    const whole = {
      resourceSpans: [
        {
          resource: { r: 1 },
          scopeSpans: [
            { scope: { s: 1 }, spans: [] },
            { scope: { s: 2 }, spans, schemaUrl: "u" },
          ],
        },
        { resource: { r: 2 }, scopeSpans: [{ spans: [spans[0]] }] },
      ],
    };
    const { documents, drops } = read(line(whole) + "\n" + line(b), 100_000, ["resourceSpans.*.scopeSpans.*.spans.*"]);
    expect(drops).toEqual({});
    expect(documents.pop()).toEqual(b);
    expect(documents.length).toBeGreaterThan(10);
    const parts = documents as (typeof whole)[];
    const seen = parts.flatMap((part) => part.resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans)));
    expect(seen).toHaveLength(9001);
    expect(parts[0]?.resourceSpans[0]).toMatchObject({ resource: { r: 1 }, scopeSpans: [{ scope: { s: 2 } }] });
    expect(parts.at(-1)?.resourceSpans[0]).toMatchObject({ resource: { r: 2 } });
  });
});

describe("the cutter", () => {
  function cut(text: string, paths: string[], size = 3): { documents: unknown[]; state: number } {
    const documents: unknown[] = [];
    const cutter = new Cutter(paths, {
      document: (bytes) => documents.push(JSON.parse(new TextDecoder().decode(bytes))),
      drop: () => {},
    });
    const bytes = new TextEncoder().encode(text);
    let state = -1;
    for (let at = 0; at < bytes.length && state === -1; at += size)
      state = cutter.feed(bytes.subarray(at, at + size), 0);
    if (state === -1) cutter.end();
    return { documents, state };
  }

  test("gives elements with what stands before them", () => {
    expect(cut('[{"a":1},[2],"x,]"]', ["*"]).documents).toEqual([[{ a: 1 }, [2], "x,]"]]);
    expect(cut('{"total":2,"data":[{"a":1},{"b":[]}],"more":null}', ["data.*"]).documents).toEqual([
      { total: 2, data: [{ a: 1 }, { b: [] }] },
    ]);
    expect(cut('{"data":[]}', ["data.*"]).documents).toEqual([]);
  });

  test("gives the whole elements of a document that ends too early", () => {
    expect(cut('{"data":[{"a":1},{"b":2},{"c', ["data.*"]).documents).toEqual([{ data: [{ a: 1 }, { b: 2 }] }]);
  });

  test("gives up on what is too deep", () => {
    expect(cut("[".repeat(1000), ["data.*"], 1000).state).toBe(-2);
  });
});
