import { describe, expect, it } from "vitest";
import type { Fact } from "../records/fact.ts";
import { answered, asked, requested, call, teller, user } from "../toolcalls/facts.fixture.ts";
import { argumentSaid } from "./argument-words.ts";
import { caseOf, found } from "./case.fixture.ts";
import { classOfException } from "./exception-class.ts";
import { failedCall } from "./failed-call.ts";
import { failedRequest, withoutDoubles } from "./failed-request.ts";
import { classOfWords } from "./failure-words.ts";

const trace = teller("t.json", { traceId: "aa" });

describe("classOfException", () => {
  it.each([
    ["FileNotFoundError", "execution/resource-missing"],
    ["builtins.PermissionError", "execution/permission-denied"],
    ["file_not_found", "execution/resource-missing"],
    ["ConnectionRefusedError", "execution/upstream-error"],
    ["httpx.ReadTimeout", "execution/timeout"],
    ["asyncio.exceptions.CancelledError", "execution/cancelled"],
    ["ToolNotFoundError", "registration/unknown-tool"],
    ["InputValidationError", "arguments/validation-failed"],
    ["KeyError", undefined],
    ["ValueError", undefined],
    ["pydantic_core._pydantic_core.ValidationError", undefined],
    ["JSONDecodeError", undefined],
    ["ClaimNotFoundError", undefined],
    ["", undefined],
  ])("%s", (type, classifier) => {
    expect(classOfException(type)?.classifier).toBe(classifier);
  });

  it("is bounded", () => expect(classOfException("A".repeat(1_000_000))).toBeNull());
});

describe("classOfWords", () => {
  it.each([
    ["MCP server 'github' disconnected", "mcp/connection"],
    ["ConnectionError: Failed to connect to MCP server 'github'", "mcp/connection"],
    ["MCP request timed out", "mcp/timeout"],
    ["permission_denied", "execution/permission-denied"],
    ["Access to /etc/passwd denied", "execution/permission-denied"],
    ["The call was rejected by the user", "execution/permission-denied"],
    ["Database connection pool exhausted", "concurrency/overload"],
    ["ResourceExhausted: daily_quota_v2", "execution/upstream-error"],
    ["request failed with status code 503", "execution/upstream-error"],
    ["Gateway timeout", "execution/upstream-error"],
    ["search timed out after 30 s", "execution/timeout"],
    ["Tool 'sum' not found", "registration/unknown-tool"],
    ["record_not_found", "execution/resource-missing"],
    ["claim C-1 does not exist", "execution/resource-missing"],
    ["Column 'price' does not exist", undefined],
    ["Skill dependency not found", undefined],
    ["ffmpeg: command not found", undefined],
    ["division by zero\nfile not found", undefined],
    ["12503 rows read, 404 of them bad", undefined],
    ["", undefined],
  ])("%s", (said, classifier) => {
    expect(classOfWords(said)?.classifier).toBe(classifier);
  });

  it("is bounded", () => expect(classOfWords("access to ".repeat(100_000))).toBeNull());
});

describe("argumentSaid", () => {
  const made = (args: object, properties?: object) =>
    caseOf([
      trace.at(1, { spanId: "01" })({
        kind: "offered",
        tools: properties === undefined ? [] : [{ name: "edit", description: null, schema: { properties } }],
      }),
      trace.at(1, { spanId: "01" })(answered([call("call_f1x", "edit", args)])),
      trace.at(1, { spanId: "01" })(requested(call("call_f1x", "edit", args))),
    ]).calls[0]!;
  const told = (words: string, one = made({ line: "abc" })) => {
    const found = argumentSaid(words, one);
    return found === null ? null : [found.classifier, found.facts.argument, found.facts.expected];
  };

  it("names the argument that a failed call speaks of", () => {
    expect(told("ValidationError: 'path' is required but missing")).toEqual([
      "arguments/missing-argument",
      "path",
      undefined,
    ]);
    expect(told("Schema validation failed: missing required field 'action'")?.[1]).toBe("action");
    expect(told("TypeError: Expected integer for line, got 'abc'")).toEqual([
      "arguments/wrong-type",
      "line",
      "integer",
    ]);
    expect(told("parameter line must be an integer")).toEqual(["arguments/wrong-type", "line", "integer"]);
  });

  it("says nothing where arguments or schema show that something else is meant", () => {
    expect(told("'line' is required")).toBe(null);
    expect(told("Expected integer for row, got 'abc'")).toBe(null);
    expect(told("'api_key' is required", made({ line: 1 }, { line: {} }))).toBe(null);
    expect(told("'path' is required", made({ line: 1 }, { line: {}, path: {} }))?.[1]).toBe("path");
    expect(told("the list is missing\n'path' is required")).toBe(null);
    expect(told("missing required parameter in the request")).toBe(null);
    expect(told("missing the ".repeat(100_000))).toBe(null);
  });
});

describe("failedCall", () => {
  it("names the class that the type of the exception tells, at its stage", () => {
    const failed = (type: string | null, message = "no"): Fact[] => [
      trace.at(1, { spanId: "01" })(requested(call("call_f1x", "get_claim", {}))),
      trace.at(2, { spanId: "02" })({
        kind: "executed",
        callId: "call_f1x",
        tool: "get_claim",
        argumentsRaw: "{}",
        outcome: "failed",
        error: { type, message, stack: null },
        durationNs: null,
      }),
    ];
    const classes = (type: string | null, message?: string) =>
      failedCall.detect(caseOf(failed(type, message))).map(({ classifier, stage }) => [classifier, stage]);
    expect(classes("PermissionError")).toEqual([["execution/permission-denied", "executed"]]);
    expect(classes("SkillNotFoundError")).toEqual([["registration/unknown-tool", "looked up"]]);
    expect(classes(null)).toEqual([["execution/tool-raised", "executed"]]);
    expect(classes("Failure", "claim C-1 not found")).toEqual([["execution/resource-missing", "executed"]]);
    expect(classes("PermissionError", "claim C-1 not found")).toEqual([["execution/permission-denied", "executed"]]);
    expect(classes("ConnectionError", "MCP server disconnected")).toEqual([["mcp/connection", "executed"]]);
  });

  it("says that a call was refused where nothing says why", () => {
    const refused = (ok: boolean): Fact[] => [
      trace.at(1, { spanId: "01" })(requested(call("call_f1x", "get_claim", null))),
      trace.at(2, { spanId: "02" })({ kind: "validated", callId: "call_f1x", tool: "get_claim", ok, reason: null }),
    ];
    expect(found(failedCall, refused(true))).toBe("skipped");
    expect(found(failedCall, refused(false))).toMatchObject([
      { classifier: "arguments/validation-failed", callId: "call_f1x", modifiers: ["opaque"] },
    ]);
  });
});

describe("failedRequest", () => {
  const at = (spanId: string, line: number) => trace.at(line, { spanId, model: "m" });
  const refused = (spanId: string, status: number | null, errorType: string | null): Fact[] => [
    at(spanId, 1)(asked(user("?"))),
    at(spanId, 1)({ kind: "model-failed", status, code: null, param: null, message: "no", errorType }),
  ];
  const classes = (facts: Fact[]) => {
    const findings = found(failedRequest, facts);
    return findings === "skipped" ? findings : findings.map(({ classifier, modifiers }) => [classifier, ...modifiers]);
  };

  it("goes by the status and the type of the exception", () => {
    expect(classes(refused("01", 429, null))).toEqual([["provider/rate-limited", "fatal"]]);
    expect(classes(refused("01", null, "openai.RateLimitError"))).toEqual([["provider/rate-limited", "fatal"]]);
    expect(classes(refused("01", null, "TimeoutError"))).toEqual([["provider/network", "fatal"]]);
    expect(classes(refused("01", 503, null))).toEqual([["provider/overloaded", "fatal"]]);
    expect(classes(refused("01", 401, null))).toEqual([["provider/auth", "fatal"]]);
    expect(classes(refused("01", 400, "BadRequestError"))).toEqual([]);
    expect(classes([at("01", 1)(asked(user("?"))), at("01", 1)(answered([]))])).toEqual([]);
  });

  it("is recovered once a later request was answered", () => {
    const later = [at("02", 5)(asked(user("?"))), at("02", 5)(answered([], "hello"))];
    expect(classes([...refused("01", 429, null), ...later])).toEqual([["provider/rate-limited", "recovered"]]);
  });

  it("gives way to whoever else tells of the request", () => {
    const [own] = failedRequest.detect(caseOf(refused("01", 429, null)));
    const other = { ...own!, by: "signature:x" };
    expect(withoutDoubles([own!, other])).toEqual([other]);
    const elsewhere = { ...other, evidence: [{ ...own!.evidence[0]!, spanId: "09" }] };
    expect(withoutDoubles([own!, elsewhere])).toEqual([own, elsewhere]);
  });
});
