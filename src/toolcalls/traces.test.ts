import { describe, expect, it } from "vitest";
import { OWN, PARENT, QuietSpans, START, TRACE } from "../records/quiet-spans.ts";
import type { Span } from "../records/records.ts";
import { createTraces, type Shelved } from "./traces.ts";

const [A, B, C] = ["a", "b", "c"].map((letter) => letter.repeat(32)) as [string, string, string];
const scope = { name: "http", version: "1", attributes: {} };
const around = { scope, resource: { "host.name": "one" }, source: "t.json" };

function span(traceId: string, spanId: string, parentSpanId: string | null, startNs = 5n << 32n): Span {
  return {
    traceId,
    spanId: id(spanId),
    parentSpanId: parentSpanId === null ? null : id(parentSpanId),
    name: "agent",
    kind: "internal",
    startNs,
    endNs: null,
    status: { code: "unset", message: null },
    attributes: {},
    events: [],
    links: [],
    dropped: { attributes: 0, events: 0, links: 0 },
    ...around,
    line: null,
  };
}

/** Quiet spans of one request: trace, own id, parent's, and when they begin. */
function quiet(...all: [traceId: string, own: string, parent: string | null, start?: number][]): QuietSpans {
  const spans = new QuietSpans();
  for (const [traceId, own, parent, start = 6] of all) {
    const at = spans.add(`quiet ${own}`, around);
    spans.words.fill(Number.parseInt(traceId.slice(0, 8), 16), at + TRACE, at + TRACE + 4);
    spans.words[at + OWN + 1] = Number.parseInt(own, 16);
    if (parent !== null) spans.words[at + PARENT + 1] = Number.parseInt(parent, 16);
    spans.words[at + START] = start;
  }
  return spans;
}

const id = (short: string): string => short.padStart(16, "0");
const names = ({ traces }: Shelved, traceId = A): string[] | undefined =>
  traces.get(traceId)?.map(({ spanId, name }) => `${name.split(" ")[0]} ${spanId.replace(/^0+/, "")}`);

describe("createTraces", () => {
  it("gives what is above the spans that were read, and no others that are in order", () => {
    const shelf = createTraces();
    shelf.add(span(A, "3", "2"));
    shelf.addQuiet(quiet([A, "1", null], [A, "2", "1"], [A, "4", "3"], [A, "5", "4"], [B, "6", "3"]));
    expect(names(shelf.of(new Set([A])))).toEqual(["agent 3", "quiet 1", "quiet 2"]);
    expect(shelf.of(new Set([A])).traces.get(A)![2]).toEqual({
      traceId: A,
      spanId: id("2"),
      parentSpanId: id("1"),
      name: "quiet 2",
      kind: "unspecified",
      startNs: 6n << 32n,
      endNs: null,
      status: "unset",
      exception: null,
      dropped: 0,
      tracer: "http 1",
      host: "one",
      source: "t.json",
    });
  });

  it("gives quiet spans whose parent is lost or begins after them, with what is above", () => {
    const shelf = createTraces();
    shelf.add(span(A, "1", null));
    shelf.addQuiet(quiet([A, "2", "1"], [A, "3", "2"], [A, "4", "99"], [A, "5", "3", 5], [A, "6", "1", 4]));
    expect(names(shelf.of(new Set([A])))).toEqual(["agent 1", "quiet 2", "quiet 3", "quiet 4", "quiet 5", "quiet 6"]);
  });

  it("finds spans of one trace in several requests, and the roots of traces that nobody read", () => {
    const shelf = createTraces();
    shelf.addQuiet(quiet([A, "1", null], [B, "2", "1"]));
    shelf.addQuiet(quiet([B, "1", null], [A, "3", "1"]));
    expect(names(shelf.of(new Set([A, B, C])))).toEqual(["quiet 1"]);
    expect(names(shelf.of(new Set([A, B, C])), B)).toEqual(["quiet 1"]);
    expect(shelf.of(new Set([C]))).toEqual({ traces: new Map(), forgotten: 0 });
  });

  it("does not know circles as endless", () => {
    const shelf = createTraces();
    shelf.addQuiet(quiet([A, "1", "2"], [A, "2", "1", 7], [A, "3", "3"]));
    expect(names(shelf.of(new Set([A])))).toEqual(["quiet 1", "quiet 2"]);
  });

  it("forgets whole traces, the oldest first, and says so", () => {
    const shelf = createTraces(3, 3);
    for (const traceId of [A, A, B, B, A, C]) shelf.add(span(traceId, "1", null));
    const all = new Set([A, B, C]);
    expect([names(shelf.of(all)), names(shelf.of(all), B)?.length, names(shelf.of(all), C)?.length]).toEqual([
      undefined,
      2,
      1,
    ]);
    expect(shelf.of(all).forgotten).toBe(1);
    shelf.addQuiet(quiet([B, "7", null], [B, "8", null]));
    shelf.addQuiet(quiet([C, "7", null], [C, "8", "7"]));
    expect(names(shelf.of(all), B)).toBe(undefined);
    expect(names(shelf.of(all), C)).toEqual(["agent 1", "quiet 7"]);
    expect(shelf.take(all).forgotten).toBe(2);
    expect(shelf.of(new Set([C])).traces.get(C)?.length).toBe(1);
  });
});
