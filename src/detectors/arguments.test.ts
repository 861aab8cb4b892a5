import { describe, expect, it } from "vitest";
import {
  answered,
  asked,
  assistant,
  call,
  offered,
  requested,
  returned,
  teller,
  tool,
  user,
} from "../toolcalls/facts.fixture.ts";
import { argumentJson } from "./argument-json.ts";
import { argumentSchema } from "./argument-schema.ts";
import { caseOf, definition, found } from "./case.fixture.ts";

const getClaim = definition(
  "get_claim",
  { claim_id: { type: "string" }, limit: { type: "integer", maximum: 50 }, state: { enum: ["open", "closed"] } },
  ["claim_id"],
);
const REFUSED = "1 validation error for get_claimargs\nclaim_id\n  Field required";

/** A call with these arguments, offered the tool, and what it got. */
function one(args: unknown, result: string | null, isError: boolean | null = true) {
  const log = teller("app.log");
  const made = call("call_q8Zt1", "get_claim", args);
  const asking = [
    log.at(1)(offered(getClaim)),
    log.at(1)(asked(user("?"))),
    log.at(1)(answered([made])),
    log.at(1)(requested(made)),
  ];
  return result === null ? asking : [...asking, log.at(2)(returned("call_q8Zt1", result, "get_claim", isError))];
}

describe("argumentSchema, of a call that was answered", () => {
  const answeredWell = (args: unknown) => one(args, "7 open claims", false);
  const noted = (args: unknown) => argumentSchema.unsure?.(caseOf(answeredWell(args)));

  it("finds an optional argument that was ignored under a wrong name", () => {
    expect(found(argumentSchema, answeredWell({ claim_id: "C-1", Limit: 5 }))).toMatchObject([
      {
        classifier: "arguments/unexpected-argument",
        facts: { tool: "get_claim", argument: "Limit", nearest: "limit" },
        confidence: "possible",
        modifiers: ["masked"],
      },
    ]);
  });

  it("finds nothing in what tools forgive, and notes it", () => {
    const cases: [unknown, string][] = [
      [{ claim_id: 1042 }, "claim_id should be string, and was number"],
      [{ claimId: "C-1" }, "claimId is not in it"],
      [{ claim_id: "C-1", reason: "asked" }, "reason is not in it"],
      [{ claim_id: "C-1", Limit: 5, limit: 5 }, "Limit is not in it"],
      [{}, "claim_id is missing"],
    ];
    for (const [args, said] of cases) {
      expect(found(argumentSchema, answeredWell(args))).toEqual([]);
      expect(noted(args)).toBe(
        `a call breaks the schema that was offered, and the tool answered all the same (get_claim: ${said})`,
      );
    }
    expect(noted({ claim_id: "C-1", limit: 5 })).toBe(null);
  });
});

describe("argumentSchema", () => {
  it("names the argument that was meant", () => {
    expect(found(argumentSchema, one({ claimId: "C-1042" }, REFUSED))).toMatchObject([
      {
        classifier: "arguments/unexpected-argument",
        callId: "call_q8Zt1",
        facts: { tool: "get_claim", argument: "claimId", nearest: "claim_id" },
        confidence: "certain",
      },
    ]);
  });

  it("takes the only missing name for the one that was meant, however it is spelt", () => {
    expect(found(argumentSchema, one({ number: "C-1" }, REFUSED))).toMatchObject([
      { classifier: "arguments/unexpected-argument", facts: { argument: "number", nearest: "claim_id" } },
    ]);
  });

  it("finds missing arguments, wrong types and refused values", () => {
    expect(found(argumentSchema, one({}, REFUSED))).toMatchObject([
      { classifier: "arguments/missing-argument", facts: { argument: "claim_id" } },
    ]);
    expect(
      found(
        argumentSchema,
        one({ claim_id: "C", limit: "ten" }, "An error occurred while running the tool. Please try again."),
      ),
    ).toMatchObject([
      { classifier: "arguments/wrong-type", facts: { argument: "limit", expected: "integer", received: "string" } },
    ]);
    expect(found(argumentSchema, one({ claim_id: "C", state: "gone" }, "Error: bad state"))).toMatchObject([
      { classifier: "arguments/invalid-value", facts: { argument: "state", value: '"gone"' } },
    ]);
    expect(found(argumentSchema, one({ claim_id: "C", limit: 99 }, "Error: invalid limit"))).toMatchObject([
      { facts: { argument: "limit", allowed: "at most 50" } },
    ]);
  });

  it("says nothing of calls that worked, whatever their arguments", () => {
    expect(found(argumentSchema, one({ claimId: "C-1" }, "open", false))).toEqual([]);
    expect(found(argumentSchema, one({ claim_id: "C", limit: "10" }, "open", null))).toEqual([]);
  });

  it("is unsure where the failure talks about something else", () => {
    expect(found(argumentSchema, one({ claim_id: "C", limit: "10" }, "404 no such page"))).toMatchObject([
      { confidence: "likely" },
    ]);
  });

  it("sees a function that refuses what its schema offers", () => {
    const said = "TypeError: get_claim() got an unexpected keyword argument 'claim_id'";
    expect(found(argumentSchema, one({ claim_id: "C" }, said))).toMatchObject([
      { classifier: "registration/signature-mismatch", facts: { argument: "claim_id" } },
    ]);
  });

  it("marks what a later answer put right", () => {
    const log = teller("app.log");
    const again = call("call_r0Aa2", "get_claim", { claim_id: "C-1042" });
    const facts = [
      ...one({ claimId: "C-1042" }, REFUSED),
      log.at(3)(requested(again)),
      log.at(4)(returned("call_r0Aa2", "open", "get_claim", false)),
    ];
    expect(found(argumentSchema, facts)).toMatchObject([{ callId: "call_q8Zt1", modifiers: ["recovered"] }]);
  });

  it("does not take a parallel call for a correction", () => {
    const log = teller("app.log");
    const made = [
      call("call_a1x", "get_claim", { claimId: "C-1" }),
      call("call_b1x", "get_claim", { claim_id: "C-1" }),
    ];
    const facts = [
      log.at(1)(offered(getClaim)),
      log.at(1)(asked(user("?"))),
      ...made.map((each, n) => log.at(1)(requested(each, n))),
      log.at(2)(returned("call_a1x", REFUSED, "get_claim", true)),
      log.at(2)(returned("call_b1x", "open", "get_claim", false)),
    ];
    expect(found(argumentSchema, facts)).toMatchObject([{ callId: "call_a1x", modifiers: [] }]);
  });

  it("tells which attribute it lacks", () => {
    const log = teller("app.log");
    expect(found(argumentSchema, [log.at(1)(requested(call("call_a1x", "x", {})))])).toBe("skipped");
  });
});

describe("argumentJson", () => {
  const judged = (raw: string, result: string | null = "Error: bad", finishReason: string | null = null) => {
    const facts = one(raw, result).map((fact) => (fact.kind === "answered" ? { ...fact, finishReason } : fact));
    const findings = found(argumentJson, facts);
    return findings === "skipped"
      ? findings
      : findings.map(({ classifier, facts: said }) => [classifier, said.position]);
  };

  it("tells cut, empty, glued and foreign notations apart, with the place", () => {
    expect(judged('{"claim_id": "C-1')).toEqual([["arguments/truncated", "17"]]);
    expect(judged("{'claim_id': 'C-1'}")).toEqual([["arguments/malformed-json", "1"]]);
    expect(judged('{"city": "Porto"}{"city": "Faro"}')).toEqual([["arguments/merged-calls", "17"]]);
    expect(judged("")).toEqual([["arguments/empty", "0"]]);
    expect(judged('{"claim_id": "C-1"} done')).toEqual([["arguments/malformed-json", "20"]]);
    expect(judged('{"claim_id": "C-1",', null, "length")).toEqual([["arguments/truncated", "19"]]);
    expect(judged('{"path": "C:\\q"}')).toEqual([["arguments/malformed-json", "12"]]);
  });

  it("says nothing where the call worked all the same, or the turn itself failed", () => {
    const worked = one("", "open").map((fact) =>
      fact.kind === "returned" ? { ...fact, result: { ...fact.result, isError: false } } : fact,
    );
    expect(found(argumentJson, worked)).toEqual([]);
    const log = teller("app.log");
    const failed = [
      ...one('{"claim', null),
      log.at(1)({
        kind: "model-failed",
        status: null,
        code: null,
        param: null,
        message: "peer closed connection",
        errorType: null,
      }),
    ];
    expect(found(argumentJson, failed)).toEqual([]);
  });

  it("knows a doubled name as two calls in one", () => {
    const log = teller("app.log");
    const glued = call("call_m1call_m2", "get_forecastget_forecast", '{"city": "Porto"}{"city": "Faro"}');
    const facts = [
      log.at(1)(requested(glued)),
      log.at(2)(returned("call_m1call_m2", "Error: Extra data: line 1 column 18 (char 17)", null, true)),
    ];
    expect(found(argumentJson, facts)).toMatchObject([
      { classifier: "arguments/merged-calls", facts: { position: "17" } },
    ]);
  });

  it("reads the refusal from the next request", () => {
    const proxy = teller("requests.jsonl");
    const made = call("call_sq1x", "get_claim", "{'claim_id': 'C'}");
    const facts = [
      proxy.at(1)(offered(getClaim)),
      proxy.at(1)(asked(user("?"))),
      proxy.at(1)(answered([made])),
      proxy.at(1)(requested(made)),
      proxy.at(2)(
        asked(
          user("?"),
          assistant(made),
          tool("call_sq1x", "Error: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ),
      ),
    ];
    expect(found(argumentJson, facts)).toMatchObject([
      { classifier: "arguments/malformed-json", confidence: "certain" },
    ]);
  });
});
