import { describe, expect, it } from "vitest";
import { scopeOf } from "../records/evidence.ts";
import type { Finding } from "../records/finding.ts";
import { call, executed, requested, returned, teller } from "../toolcalls/facts.fixture.ts";
import { caseOf, definition } from "./case.fixture.ts";
import { settleFindings } from "./settle.ts";

const log = teller("app.log");

function finding(classifier: string, line: number, more: Partial<Finding> = {}): Finding {
  const evidence = {
    kind: "log",
    source: "app.log",
    line,
    byteOffset: null,
    traceId: null,
    spanId: null,
    messageIndex: null,
    callId: null,
    excerpt: "no order O-404",
    highlight: null,
  } as const;
  const layer = classifier.split("/", 1)[0] as Finding["layer"];
  return {
    classifier,
    layer,
    stage: null,
    by: "signature:x",
    confidence: "certain",
    severity: "error",
    weight: 1,
    facts: {},
    tool: null,
    callId: null,
    modifiers: [],
    evidence: [evidence],
    message: "x",
    scope: scopeOf("app.log"),
    time: null,
    needsAgent: false,
    ...more,
  };
}
const settled = (facts: Parameters<typeof caseOf>[0], one: Finding) => settleFindings([one], caseOf(facts));

describe("settleFindings", () => {
  const asking = [log.at(1)(requested(call("call_a1xx", "get_order", { order_id: "O-404" })))];

  it("gives a finding the call that it names, or the one that was open", () => {
    expect(
      settled(asking, finding("conversation/missing-tool-response", 9, { facts: { callId: "call_a1xx, call_b1xx" } })),
    ).toMatchObject([{ tool: "get_order" }]);
    expect(settled(asking, finding("execution/tool-raised", 9))).toMatchObject([
      { tool: "get_order", callId: "call_a1xx" },
    ]);
    expect(settled(asking, finding("provider/rate-limited", 9))).toMatchObject([{ tool: null }]);
    const named = { tool: "wrapper", facts: { tool: "wrapper", callId: "call_a1xx" }, callId: "call_a1xx" };
    const offering = [log.at(1)({ kind: "offered", tools: [definition("get_order")] }), ...asking];
    expect(settled(offering, finding("arguments/unexpected-argument", 9, named))).toMatchObject([
      { tool: "get_order", facts: { tool: "get_order" } },
    ]);
    const failed = [...asking, log.at(2)(returned("call_a1xx", "no order O-404"))];
    expect(settled(failed, finding("execution/tool-raised", 2, { tool: "get_order" }))).toMatchObject([
      { tool: "get_order", callId: "call_a1xx" },
    ]);
    const done = [
      ...asking,
      log.at(2)(returned("call_a1xx", "ok")),
      log.at(2)(executed("call_a1xx", "get_order", null)),
    ];
    expect(settled(done, finding("execution/tool-raised", 9))).toMatchObject([{ tool: null, callId: null }]);
    const two = [...asking, log.at(1)(requested(call("call_b1xx", "other", {}), 1))];
    expect(settled(two, finding("execution/tool-raised", 9))).toMatchObject([{ tool: null }]);
  });

  it("finds the argument whose value the failure names", () => {
    expect(settled(asking, finding("execution/resource-missing", 9))).toMatchObject([
      { facts: { argument: "order_id", value: "O-404" } },
    ]);
  });

  it("sees a misnamed argument behind a missing one, also where calls have no ids", () => {
    const facts = [
      log.at(1)(requested(call(null, "claim_state", { claimId: "CL-5" }))),
      log.at(2)(returned(null, "claim_id Field required", "claim_state", true)),
    ];
    expect(
      settled(
        facts,
        finding("arguments/missing-argument", 2, { tool: "claim_state", facts: { argument: "claim_id" } }),
      ),
    ).toMatchObject([
      { classifier: "arguments/unexpected-argument", facts: { argument: "claimId", nearest: "claim_id" } },
    ]);
  });

  it("drops what the call contradicts and marks what was put right", () => {
    const refused = finding("arguments/unexpected-argument", 2, { callId: "call_a1xx", facts: { argument: "iban" } });
    expect(
      settled(
        [...asking, log.at(2)(returned("call_a1xx", "pay() got an unexpected keyword argument 'iban'"))],
        refused,
      ),
    ).toEqual([]);
    const again = [
      ...asking,
      log.at(2)(returned("call_a1xx", "no", null, true)),
      log.at(3)(requested(call("call_b1xx", "get_order", { order_id: "O-40" }))),
      log.at(4)(returned("call_b1xx", "paid", null, false)),
    ];
    expect(settled(again, finding("execution/resource-missing", 2, { callId: "call_a1xx" }))).toMatchObject([
      { modifiers: ["recovered"] },
    ]);
  });
});

describe("settleFindings, by the run", () => {
  const trace = teller("t.json", { traceId: "aa" });
  const facts = (reason: string) => [
    trace.at(1, { spanId: "01" })(requested(call("call_a1xx", "get", {}))),
    trace.at(2, { spanId: "02" })(executed("call_a1xx", "get", {}, "failed")),
    trace.at(3, { spanId: "03" })({ kind: "run-ended", outcome: "failed", reason }),
  ];
  const modifiers = (reason: string) =>
    settleFindings([finding("execution/tool-raised", 2, { callId: "call_a1xx" })], caseOf(facts(reason)))[0]!.modifiers;

  it("calls a failure fatal whose words ended the run", () => {
    expect(modifiers("ValueError: no")).toEqual(["fatal"]);
    expect(modifiers("out of memory")).toEqual([]);
  });

  it("takes refused arguments of the answer's own call for a refused answer", () => {
    const answer = (name: string) => [
      log.at(1)(requested(call("call_f1xx", name, { total: "forty" }))),
      log.at(2)(returned("call_f1xx", "1 validation error", name, true)),
    ];
    const classifier = (name: string) =>
      settleFindings([finding("arguments/wrong-type", 2, { callId: "call_f1xx" })], caseOf(answer(name)))[0]!
        .classifier;
    expect(classifier("final_result_Invoice")).toBe("model/structured-output-failed");
    expect(classifier("get_result")).toBe("arguments/wrong-type");
  });
});

describe("settleFindings, of calls without an id", () => {
  it("finds the call by its own words, and gives it its key", () => {
    const facts = [
      log.at(1)(requested(call(null, "get", { n: 1 }), 0)),
      log.at(1)(requested(call(null, "get", { m: 2 }), 1)),
      log.at(2)(returned(null, "one", "get")),
      log.at(2)(returned(null, "got an unexpected keyword argument 'm'", "get")),
    ];
    const the = caseOf(facts);
    const said = finding("arguments/unexpected-argument", 2, { tool: "get", facts: { argument: "m" } });
    const evidence = [{ ...the.calls[1]!.results[0]!.evidence, excerpt: "got an unexpected keyword argument 'm'" }];
    expect(settleFindings([{ ...said, evidence }], the)[0]!.callKey).toBe(the.calls[1]!.key);
    expect(
      settleFindings([{ ...said, evidence: [{ ...evidence[0]!, excerpt: "" }] }], the)[0]!.callKey,
    ).toBeUndefined();
  });
});
