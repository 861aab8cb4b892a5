import { describe, expect, it } from "vitest";
import type { Detector } from "../../records/detector.ts";
import type { Fact } from "../../records/fact.ts";
import type { Span } from "../../records/records.ts";
import {
  answered,
  asked,
  assistant,
  call,
  executed,
  requested,
  returned,
  teller,
  tool,
  user,
} from "../../toolcalls/facts.fixture.ts";
import { createTraces } from "../../toolcalls/traces.ts";
import { argumentJson } from "../argument-json.ts";
import { caseOf } from "../case.fixture.ts";
import { clockSkew } from "./clock-skew.ts";
import { droppedAttributes } from "./dropped-attributes.ts";
import { lostSpans } from "./lost-spans.ts";
import { mergedByTracer } from "./merged-by-tracer.ts";
import { overwrittenStatus } from "./overwritten-status.ts";

const traceId = "5b8efff798038103d269b633813fc60c";
const trace = (spanId: string) => teller("t.json", { traceId, spanId });

function span(spanId: string, parentSpanId: string | null, more: Partial<Span> = {}): Span {
  return {
    traceId,
    spanId,
    parentSpanId,
    name: `span ${spanId}`,
    kind: "internal",
    startNs: 10_000_000_000n,
    endNs: 20_000_000_000n,
    status: { code: "unset", message: null },
    attributes: {},
    events: [],
    links: [],
    dropped: { attributes: 0, events: 0, links: 0 },
    scope: { name: "tracer.of.x", version: "1.2", attributes: {} },
    resource: {},
    source: "t.json",
    line: null,
    ...more,
  };
}

/** What a detector says of these spans of one agent's run. */
function said(
  detector: Detector,
  spans: Span[],
  facts: Fact[] = [trace("r").at(1)({ kind: "run-started", name: "a" })],
) {
  const shelf = createTraces();
  for (const one of spans) shelf.add(one);
  const the = { ...caseOf(facts), traces: shelf.of(new Set(spans.map((one) => one.traceId))).traces };
  if (detector.skip(the) !== null) return "skipped";
  return detector.detect(the).map((finding) => {
    expect([finding.classifier, finding.scope.spanId]).toEqual(["telemetry/record-lost", null]);
    return [finding.severity, finding.facts.package, finding.facts.value];
  });
}

const healthy = [span("r", null), span("a", "r"), span("b", "a"), span("c", "r")];

describe("lostSpans", () => {
  it("names a parent that is not there", () => {
    expect(said(lostSpans, [...healthy, ...healthy, span("d", "gone"), span("e", "gone"), span("e", "gone")])).toEqual([
      ["info", "tracer.of.x 1.2", "2 spans name a parent that is not in the trace (1 span lost)"],
    ]);
  });

  it("is silent while the trace goes on, and below other processes", () => {
    expect(said(lostSpans, healthy)).toEqual([]);
    expect(said(lostSpans, [span("a", "r"), span("b", "a"), span("c", "r")])).toEqual([]);
    expect(said(lostSpans, [...healthy, span("d", "elsewhere", { kind: "server" })])).toEqual([]);
    expect(said(lostSpans, [])).toBe("skipped");
  });

  it("names answered calls without a span where others have one", () => {
    const calls = [1, 2, 3].map((n) => call(`call_${n}aaaa`, "get_x", { n }));
    const facts = (third: Fact[]) => [
      trace("m").at(1)(answered(calls)),
      ...calls.map((one) => trace("m").at(1)(requested(one))),
      ...[1, 2].map((n) => trace(`t${n}`).at(2)(executed(`call_${n}aaaa`, "get_x", { n }))),
      ...third,
    ];
    const spans = [span("m", null), span("t1", "m"), span("t2", "m")];
    const result = (content: string, isError: boolean | null = null) => [
      trace("m2").at(4)(returned("call_3aaaa", content, "get_x", isError)),
    ];
    expect(said(lostSpans, spans, facts(result("42")))).toEqual([
      ["info", "tracer.of.x 1.2", "1 call of get_x that was answered has no span, and 2 others have"],
    ]);
    // refused calls have none anywhere
    expect(said(lostSpans, spans, facts(result("Error: no such tool", true)))).toEqual([]);
    expect(said(lostSpans, spans, facts([]))).toEqual([]);
  });
});

describe("overwrittenStatus", () => {
  const ok = { status: { code: "ok", message: null } } as const;
  const one = call("call_1aaaa", "get_x", {});
  const facts = (content: string, isError: boolean | null) => [
    trace("m").at(1)(requested(one)),
    trace("t").at(2)(executed("call_1aaaa", "get_x", {})),
    trace("t").at(3)(returned("call_1aaaa", content, "get_x", isError)),
  ];

  it("names OK on a failed call, and on a span with an exception", () => {
    const wrong = [["info", "tracer.of.x 1.2", "1 span of a failed call says OK"]];
    const exception = { timeNs: null, name: "exception", attributes: { "exception.type": "ValueError" } };
    expect(said(overwrittenStatus, [span("m", null), span("t", "m", ok)], facts("boom", true))).toEqual(wrong);
    expect(
      said(overwrittenStatus, [span("m", null), span("t", "m", { ...ok, events: [exception] })], facts("fine", null)),
    ).toEqual(wrong);
  });

  it("leaves unset, good calls and control flow alone", () => {
    const interrupt = { timeNs: null, name: "exception", attributes: { "exception.type": "GraphInterrupt" } };
    expect(said(overwrittenStatus, [span("m", null), span("t", "m")], facts("boom", true))).toEqual([]);
    expect(said(overwrittenStatus, [span("m", null), span("t", "m", ok)], facts('{"error": "closed"}', null))).toEqual(
      [],
    );
    expect(
      said(overwrittenStatus, [span("m", null), span("t", "m", { ...ok, events: [interrupt] })], facts("fine", null)),
    ).toEqual([]);
  });
});

describe("mergedByTracer", () => {
  const glued = call("call_Acall_B", "get_xget_y", '{"a": 1}{"b": 2}');
  const apart = [call("call_A", "get_x", { a: 1 }), call("call_B", "get_y", { b: 2 })];
  const spans = [span("m", null), span("n", "m")];
  const first = [trace("m").at(1)(answered([glued])), trace("m").at(1)(requested(glued))];
  const next = trace("n").at(2)(asked(user("?"), assistant(...apart), tool("call_A", "4"), tool("call_B", "5")));

  it("tells what the tracer glued from what the stream did", () => {
    expect(said(mergedByTracer, spans, [...first, next])).toEqual([
      ["warning", "tracer.of.x 1.2", "2 calls of one answer (get_x, get_y) are recorded as one"],
    ]);
    expect(argumentJson.detect(caseOf([...first, next]))).toEqual([]);
    expect(said(mergedByTracer, spans, first)).toEqual([]);
    expect(argumentJson.detect(caseOf(first))).toMatchObject([{ classifier: "arguments/merged-calls" }]);
  });
});

describe("clockSkew", () => {
  const on = (host: string, startNs: bigint) => ({ startNs, resource: { "host.name": host } });

  it("names a child before its parent", () => {
    const spans = [span("r", null, on("one", 10_000_000_000n)), span("a", "r", on("two", 9_500_000_000n))];
    expect(said(clockSkew, spans)).toEqual([
      ["info", "tracer.of.x 1.2", "1 span begins before its parent, by up to 0.500 s (hosts two and one)"],
    ]);
  });

  it("tolerates little differences, and missing times", () => {
    expect(said(clockSkew, [span("r", null), span("a", "r", { startNs: 9_500_000_000n })])).toEqual([]);
    const near = [span("r", null, on("one", 10_000_000_000n)), span("a", "r", on("two", 9_950_000_000n))];
    expect(said(clockSkew, near)).toEqual([]);
    expect(
      said(clockSkew, [span("r", null), span("a", "r", { startNs: null }), span("b", "r", { startNs: 0n })]),
    ).toEqual([]);
  });
});

describe("droppedAttributes", () => {
  it("counts what the SDK left out", () => {
    const dropped = { attributes: 3, events: 1, links: 0 };
    expect(said(droppedAttributes, [...healthy, span("d", "r", { dropped })])).toEqual([
      ["info", "tracer.of.x 1.2", "4 attributes, events and links of 1 span were dropped at the SDK's limits"],
    ]);
    expect(said(droppedAttributes, healthy)).toEqual([]);
  });

  it("says nothing of traces without an agent", () => {
    const dropped = { attributes: 3, events: 1, links: 0 };
    expect(said(droppedAttributes, [span("d", "r", { dropped, traceId: "ff" })])).toEqual([]);
  });
});
