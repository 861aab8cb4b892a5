import { describe, expect, it } from "vitest";
import { call, requested, returned, teller } from "../toolcalls/facts.fixture.ts";
import { caseOf, found } from "./case.fixture.ts";
import { isContradicted } from "./contradicted.ts";
import type { Finding } from "../records/finding.ts";
import { maskedResult } from "./masked-result.ts";
import { formOf } from "./result-form.ts";
import { sharedResult } from "./shared-result.ts";

const log = teller("app.log");

function result(content: string, isError: boolean | null = null, name = "get_data") {
  return [log.at(1)(requested(call("call_r1x", name, {}))), log.at(2)(returned("call_r1x", content, name, isError))];
}
const classes = (content: string, isError: boolean | null = null, name?: string) => {
  const findings = found(maskedResult, result(content, isError, name));
  return findings === "skipped" ? findings : findings.map(({ classifier }) => classifier);
};

describe("maskedResult", () => {
  it("finds errors in bodies, JSON and Python alike", () => {
    expect(classes('{"error": "ledger lookup failed: KeyError: \'CL-9\'"}')).toEqual(["result/masked-error"]);
    expect(
      classes(
        "{'ok': False, 'error': '503 Service Unavailable from http://warehouse:8080/reserve', 'reserved': 0}",
        false,
      ),
    ).toEqual(["result/masked-error"]);
    expect(classes('{"error":"No such function name: login","response":""}')).toEqual(["result/masked-error"]);
    expect(classes('{"error":"quota used up","results":[],"next":null}')).toEqual(["result/masked-error"]);
    expect(classes('{"error":"Error: repair estimate failed"}')).toEqual(["execution/tool-raised"]);
    expect(classes('{"errors":[{"message":"Cannot query field x"}],"data":null}')).toEqual(["result/masked-error"]);
  });

  it("reads a result that was written as JSON twice, and the wrappers of frameworks", () => {
    expect(classes(JSON.stringify('{"ok":false,"error":{"code":"TARIFF_LOCKED"}}'))).toEqual(["result/masked-error"]);
    expect(classes('{"error":"Error executing depot_hours: hours overlap"}')).toEqual(["execution/tool-raised"]);
    expect(formOf("[ERROR] Error: hours overlap").form).toBe("refusal");
    expect(formOf(JSON.stringify("Error: hours overlap")).form).toBe("refusal");
    expect(formOf(JSON.stringify("[ERROR] lines: 3")).form).toBe("refusal");
    expect(formOf('"left the depot at 07:40"').form).toBe("plain");
    expect(formOf("3 [ERROR] lines were found").form).toBe("plain");
  });

  it("takes an error that is a code by its class, and a sentence for a masked error", () => {
    expect(classes('{"error":"permission_denied","message":"Access to /etc/passwd denied"}')).toEqual([
      "execution/permission-denied",
    ]);
    expect(classes('{"error":"record_not_found","code":404}')).toEqual(["execution/resource-missing"]);
    expect(classes('{"error":"request-timeout"}')).toEqual(["execution/timeout"]);
    expect(classes('{"error":"tool_not_found"}')).toEqual(["result/masked-error"]);
    expect(classes('{"error":"no record of C-1 was found"}')).toEqual(["result/masked-error"]);
  });

  it("finds a tool that asked for another try in Pydantic AI's words", () => {
    expect(classes('Wrong place, I only know "Graz".\n\nFix the errors and try again.')).toEqual([
      "execution/tool-raised",
    ]);
    expect(classes("Notes of the review: Fix the errors and try again. Then call me.")).toEqual([]);
  });

  it("finds pages and lost values", () => {
    expect(classes("<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head></html>")).toEqual([
      "execution/upstream-error",
    ]);
    expect(classes("<html><head><title>404 Not Found</title>")).toEqual(["execution/resource-missing"]);
    expect(classes("[object Object]")).toEqual(["result/lost"]);
    expect(classes("<__main__.Order object at 0x7f90a3fe5f50>", false)).toEqual(["result/lost"]);
    expect(classes("<coroutine object fetch at 0x7f90b1f2b940>")).toEqual(["execution/async-mismatch"]);
    expect(classes("[object Promise]")).toEqual(["execution/async-mismatch"]);
    expect(classes("null", null, "count_claims")).toEqual(["result/lost"]);
  });

  it("leaves flagged errors to others", () => {
    expect(classes('{"error": "x"}', true)).toEqual([]);
  });

  // each is a result of a healthy capture
  it.each([
    "{'claim_id': 'CL-31', 'failed': 0, 'error': None, 'payments': [120.0, 80.5]}",
    "Error code P0301: cylinder 1 misfire detected (Error: ignition)",
    '[{"order":"81","error":"payment declined"},{"order":"86","error":"timeout of the card terminal"}]',
    '{"failed":0,"errors":[]}',
    '{"query":"error","error":null,"hits":["2026-03-02T02:00:11Z ERROR import ValidationError: policy_number: Field required"]}',
    '{"zip":"0150","valid":true,"errors":[],"warnings":["validation took long: timeout of first resolver, second answered"]}',
    '{"valid":false,"errors":[{"instancePath":"/retries","keyword":"type","message":"must be integer"}]}',
    "{'status': 200, 'error_code': 0, 'exception': '', 'failed': False, 'message': 'OK, no errors', 'warnings': None, 'order': 'O-6'}",
    "Subject: Error: payment failed\n\nWhen I pay I get 'TimeoutError: request timed out (504)' and then 'Tool not found'.",
    "decision for O-70: REJECTED (limit 50000.00 exceeded). Next step: ask a manager.",
    "E-429: RateLimitError, too many requests. Error: rate limit exceeded. Remedy: retry.",
    '{"order_id":71,"state":"cancelled","reason":"payment timed out","error_code":null}',
    '{"imported":120,"skipped":2,"errors":[{"row":14,"reason":"invalid date"}]}',
    '{"order": 404, "state": "error_resolved", "error": null, "failures": []}',
    "[]",
    "",
    "null",
    "None",
  ])("leaves %s alone", (content) => {
    expect(classes(content)).toEqual([]);
  });
});

describe("formOf", () => {
  it("reads the text inside MCP's parts", () => {
    expect(formOf('[{"type": "text", "text": "Error executing tool x: boom", "annotations": null}]').form).toBe(
      "refusal",
    );
    expect(formOf('[{"type":"text","text":"{\\"imported\\":120,\\"errors\\":[]}"}]').form).toBe("plain");
  });

  it("survives depth and size", () => {
    expect(formOf(`{"error": ${"[".repeat(50_000)}`).form).toBe("plain");
    expect(formOf("<".repeat(100_000)).form).toBe("plain");
  });
});

describe("sharedResult", () => {
  const facts = (answer: (n: number) => string) =>
    Array.from({ length: 6 }, (_, n) => [
      log.at(n)(requested(call(`call_g${n}x`, "claim_amount", { claim_id: `C-${n}` }))),
      log.at(20 + n)(returned(`call_g${n}x`, answer(n))),
    ]).flat();

  it("finds calls that all got the answer to one of them", () => {
    expect(
      found(
        sharedResult,
        facts(() => "C-5: 1100 EUR"),
      ),
    ).toMatchObject([{ classifier: "concurrency/shared-state", facts: { tool: "claim_amount", count: "5" } }]);
  });

  it("leaves equal answers alone that name nobody, or everybody", () => {
    expect(
      found(
        sharedResult,
        facts(() => "closed"),
      ),
    ).toEqual([]);
    expect(
      found(
        sharedResult,
        facts((n) => `C-${n}: open`),
      ),
    ).toEqual([]);
    expect(
      found(
        sharedResult,
        facts(() => "C-0, C-1, C-2, C-3, C-4, C-5: all open"),
      ),
    ).toEqual([]);
  });
});

describe("isContradicted", () => {
  const finding = (classifier: string, argument: string) =>
    ({ classifier, layer: "arguments", by: "signature:x", facts: { argument } }) as Finding;
  const [ticket] = caseOf([
    log.at(1)(requested(call("call_t1x", "get_ticket", { number: 8 }))),
    log.at(2)(returned("call_t1x", "Traceback ... pay() got an unexpected keyword argument 'iban'")),
  ]).calls;

  it("doubts a text about arguments that the call does not have", () => {
    expect(isContradicted(finding("arguments/unexpected-argument", "iban"), ticket!)).toBe(true);
    expect(isContradicted(finding("arguments/unexpected-argument", "number"), ticket!)).toBe(false);
    expect(isContradicted(finding("arguments/missing-argument", "number"), ticket!)).toBe(true);
  });

  it("believes a flag", () => {
    const [flagged] = caseOf([
      log.at(1)(requested(call("call_t1x", "get_ticket", { number: 8 }))),
      log.at(2)(returned("call_t1x", "x", null, true)),
    ]).calls;
    expect(isContradicted(finding("arguments/unexpected-argument", "iban"), flagged!)).toBe(false);
  });
});
