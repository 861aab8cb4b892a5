import { describe, expect, test } from "vitest";
import { scopeOf } from "../records/evidence.ts";
import type { Finding } from "../records/finding.ts";
import type { Layer } from "../records/life.ts";
import { group } from "./group.ts";
import { linkCauses } from "./link-causes.ts";
import { onePerCall } from "./one-per-call.ts";
import { joinWitnesses } from "./same-failure.ts";

let line = 0;
function finding(classifier: string, known: Partial<Finding> = {}): Finding {
  line++;
  return {
    classifier,
    layer: classifier.split("/")[0] as Layer,
    stage: null,
    by: "signature:x",
    confidence: "certain",
    severity: "error",
    weight: 1,
    facts: {},
    tool: null,
    callId: null,
    modifiers: [],
    evidence: [
      {
        kind: "log",
        source: "a.log",
        line,
        byteOffset: line * 100,
        traceId: null,
        spanId: null,
        messageIndex: null,
        callId: null,
        excerpt: `line ${line}`,
        highlight: null,
      },
    ],
    message: classifier,
    scope: scopeOf("a.log"),
    time: null,
    needsAgent: false,
    ...known,
  };
}

function causes(...findings: Finding[]): Record<string, string | null> {
  const drafts = group(onePerCall(joinWitnesses(findings)));
  linkCauses(drafts);
  return Object.fromEntries(
    drafts.map((d) => [d.findings[0]!.classifier, d.causedBy?.findings[0]!.classifier ?? null]),
  );
}

describe("what follows from what", () => {
  test("what was under way is cancelled when the run reaches its time limit", () => {
    const trace = { scope: scopeOf("t.json", { traceId: "aa" }) };
    const at = (spanId: string): Partial<Finding> => ({
      ...trace,
      evidence: [{ ...finding("x/y").evidence[0]!, kind: "span", traceId: "aa", spanId }],
    });
    expect(
      causes(finding("execution/cancelled", { ...at("01"), callId: "call_1" }), finding("flow/step-limit", at("02"))),
    ).toEqual({ "execution/cancelled": "flow/step-limit", "flow/step-limit": null });
    expect(causes(finding("provider/network", at("02")), finding("flow/step-limit", at("02")))).toEqual({
      "provider/network": "flow/step-limit",
      "flow/step-limit": null,
    });
    // a request that timed out before is no consequence, the limit is
    expect(causes(finding("provider/network", at("02")), finding("flow/step-limit", at("03")))).toEqual({
      "provider/network": null,
      "flow/step-limit": "provider/network",
    });
  });

  test("a refused history follows from the call that was never answered", () => {
    expect(
      causes(
        finding("execution/tool-raised", { callId: "call_1" }),
        finding("conversation/missing-tool-response", { facts: { callId: "call_1, call_2" } }),
      ),
    ).toEqual({
      "execution/tool-raised": null,
      "conversation/missing-tool-response": "execution/tool-raised",
    });
  });

  test("it does not follow from a call that it does not name", () => {
    expect(
      causes(
        finding("execution/tool-raised", { callId: "call_9" }),
        finding("conversation/missing-tool-response", { facts: { callId: "call_1" } }),
      )["conversation/missing-tool-response"],
    ).toBeNull();
  });

  test("a step limit follows from the calls that were refused before it, and a loop with it", () => {
    expect(
      causes(
        finding("arguments/missing-argument", { tool: "f" }),
        finding("flow/loop", { tool: "f" }),
        finding("flow/step-limit"),
      ),
    ).toEqual({
      "arguments/missing-argument": null,
      "flow/loop": "arguments/missing-argument",
      "flow/step-limit": "arguments/missing-argument",
    });
  });

  test("an empty stream follows from the request that was refused before it, not from a later one", () => {
    expect(causes(finding("provider/auth"), finding("model/no-call"))["model/no-call"]).toBe("provider/auth");
    expect(causes(finding("model/no-call"), finding("provider/auth"))["model/no-call"]).toBeNull();
  });

  test("runs that share an agent explain the refused histories", () => {
    expect(causes(finding("conversation/missing-tool-response"), finding("concurrency/shared-state"))).toEqual({
      "conversation/missing-tool-response": "concurrency/shared-state",
      "concurrency/shared-state": null,
    });
  });

  test("a failure of another run explains nothing", () => {
    const other = { scope: scopeOf("a.log", { run: "r2" }) };
    expect(
      causes(
        finding("arguments/missing-argument", { scope: scopeOf("a.log", { run: "r1" }) }),
        finding("flow/step-limit", other),
      )["flow/step-limit"],
    ).toBeNull();
  });
});

describe("one failure", () => {
  test("told by two loggers within two seconds is one", () => {
    const joined = joinWitnesses([
      finding("provider/auth", { time: 0n }),
      finding("provider/auth", { time: 1_500_000_000n }),
      finding("provider/auth", { time: 9_000_000_000n }),
    ]);
    expect(joined.map((f) => f.evidence.length)).toEqual([2, 1]);
  });

  test("told about different calls is two", () => {
    expect(joinWitnesses([finding("x/y", { callId: "a" }), finding("x/y", { callId: "b" })])).toHaveLength(2);
  });

  test("seen as two classes is the more specific one, with the evidence of both", () => {
    const [one] = onePerCall([
      finding("execution/tool-raised", { callId: "c", weight: 0 }),
      finding("arguments/unexpected-argument", { callId: "c", facts: { argument: "x" } }),
    ]);
    expect(one).toMatchObject({ classifier: "arguments/unexpected-argument", facts: { argument: "x" } });
    expect(one!.evidence).toHaveLength(2);
  });

  test("that its arguments were refused says less than how, whichever was found first", () => {
    const vague = finding("arguments/validation-failed", { callId: "c" });
    const exact = finding("arguments/invalid-value", { callId: "c", confidence: "likely" });
    expect(onePerCall([vague, exact])[0]?.classifier).toBe("arguments/invalid-value");
    expect(onePerCall([exact, vague])[0]?.classifier).toBe("arguments/invalid-value");
    const raised = finding("execution/tool-raised", { callId: "c", stage: "executed", weight: 0 });
    expect(onePerCall([raised, vague])[0]?.classifier).toBe("arguments/validation-failed");
  });

  test("without a tool's name joins the only incident of its class that has one", () => {
    const drafts = group([
      finding("registration/unknown-tool", { tool: "get_x", callId: "c" }),
      finding("registration/unknown-tool", { message: "Unknown tool" }),
    ]);
    expect(drafts.map((d) => [d.findings.length, d.count])).toEqual([[2, 1]]);
  });
});
