import { describe, expect, it } from "vitest";
import type { Finding } from "../records/finding.ts";
import { scopeOf } from "../records/evidence.ts";
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
import { caseOf, definition, found } from "./case.fixture.ts";
import { cutResult } from "./cut-result.ts";
import { growthOf } from "./growth.ts";
import { lostResult } from "./lost-result.ts";
import { outputSchema } from "./output-schema.ts";

const log = teller("app.log");

describe("outputSchema", () => {
  const output = { type: "object", properties: { celsius: { type: "number" } }, required: ["celsius"] };
  const one = call("call_m1x", "measure", {});
  const of = (content: string, structured?: unknown, declared: unknown = output, isError: boolean | null = false) =>
    found(outputSchema, [
      log.at(1)(offered({ ...definition("measure"), output: declared })),
      log.at(1)(requested(one)),
      log.at(2)({
        kind: "returned",
        result: {
          callId: "call_m1x",
          tool: "measure",
          content,
          isError,
          ...(structured === undefined ? {} : { structured }),
        },
        seenBy: "framework",
      }),
    ]);

  it("holds a result against what was declared", () => {
    expect(of("n/a", { celsius: "n/a" })).toMatchObject([
      {
        classifier: "result/contract-violation",
        facts: { param: "celsius", expected: "number", received: "string" },
        confidence: "certain",
      },
    ]);
    expect(of("4 degrees", null)).toMatchObject([{ facts: { expected: "structured content", received: "none" } }]);
    expect(of('{"fahrenheit": 40}')).toMatchObject([{ facts: { param: "celsius" }, confidence: "likely" }]);
  });

  it("is silent for what fits, what failed, and text for people", () => {
    expect(of("4", { celsius: 4 })).toEqual([]);
    expect(of('{"celsius": 4, "station": "north"}')).toEqual([]);
    expect(of("4 degrees")).toEqual([]);
    expect(of("no such station", undefined, output, true)).toEqual([]);
    expect(of("4", { celsius: 4 }, null)).toBe("skipped");
    const wrapped = { type: "object", properties: { result: output }, required: ["result"] };
    expect(of('{"celsius": 4}', undefined, wrapped)).toEqual([]);
    expect(of("4", { result: { celsius: 4 } }, wrapped)).toEqual([]);
  });
});

describe("lostResult", () => {
  const one = call("call_l1x", "get_rows", {});
  const of = (given: string, shown: string) =>
    found(lostResult, [
      log.at(1)(requested(one)),
      log.at(2)(returned("call_l1x", given, "get_rows")),
      log.at(3)(asked(user("?"), assistant(one), tool("call_l1x", shown))),
    ]);

  it("names a result that did not reach the model", () => {
    expect(of('[{"id": 1}]', "")).toMatchObject([{ classifier: "result/lost", facts: { received: "an empty text" } }]);
    expect(of("12", "None")).toMatchObject([{ facts: { received: "None", expected: "12" } }]);
    expect(of("", "")).toEqual([]);
    expect(of("12", "12")).toEqual([]);
  });

  it("takes results of spans without ids where each call of the tool gave one, as Traceloop tells of MCP", () => {
    const two = ["Graz", "Linz"].map((city, n) => call(`call_m${n}x`, "get_forecast", { city }));
    const told = (...given: string[]) =>
      found(lostResult, [
        ...two.map((each, n) => log.at(2 * n + 1)(requested(each))),
        ...given.map((content, n) => log.at(2 * n + 2)(returned(null, content, "get_forecast"))),
        log.at(9)(asked(user("?"), ...two.flatMap((each, n) => [assistant(each), tool(each.id!, ["sun", ""][n]!)]))),
      ]);
    expect(told("sun", "rain")).toMatchObject([{ classifier: "result/lost", callId: "call_m1x" }]);
    expect(told("sun", "")).toEqual([]);
    expect(told("sun")).toEqual([]);
  });
});

describe("cutResult", () => {
  const of = (...contents: string[]) => {
    const findings = found(
      cutResult,
      contents.flatMap((content, n) => [
        log.at(n)(requested(call(`call_c${n}x`, "read_page", { n }))),
        log.at(n + 20)(returned(`call_c${n}x`, content, "read_page")),
      ]),
    );
    return findings === "skipped"
      ? findings
      : findings.map(({ classifier, facts }) => [classifier, facts.limit, facts.count]);
  };

  it("sees the limit in results that end at the same length", () => {
    expect(of("a".repeat(4096), "b".repeat(4096), "short")).toEqual([["result/too-large", "4096 characters", "2"]]);
    expect(of(`["${"a".repeat(1998)}`)).toEqual([["result/too-large", "2000 characters", "1"]]);
  });

  it("leaves other lengths alone", () => {
    expect(of("a".repeat(4096), "short")).toEqual([]);
    expect(of("a".repeat(4096), "a".repeat(4096))).toEqual([]);
    expect(of("a".repeat(4000), "b".repeat(4000), "c".repeat(4100))).toEqual([]);
    expect(of("a".repeat(1234), "b".repeat(1234))).toEqual([]);
    expect(of(`["${"a".repeat(1996)}"]`)).toEqual([]);
  });
});

describe("growthOf", () => {
  it("says what a refused request was made of", () => {
    const one = call("call_g1x", "read_page", {});
    const the = caseOf([
      log.at(1)(asked(user("Read it"))),
      log.at(1)(answered([one])),
      log.at(1)(requested(one)),
      log.at(2)(asked(user("Read it"), assistant(one), tool("call_g1x", "x".repeat(400_000)))),
    ]);
    const evidence = { ...the.runs[0]!.turns[1]!.evidence, kind: "message" as const };
    the.runs[0]!.turns[1]!.evidence = evidence;
    const finding = { classifier: "provider/context-overflow", facts: {}, evidence: [evidence], scope: scopeOf("x") };
    expect(growthOf(the)(finding as unknown as Finding).facts.value).toBe(
      "Its messages grew from 7 characters to 400 k characters in 2 requests; the largest is a result of read_page with 400 k characters",
    );
    const other = { ...finding, evidence: [{ ...evidence, line: 77 }] };
    expect(growthOf(the)(other as unknown as Finding).facts.value).toBeUndefined();
  });
});
