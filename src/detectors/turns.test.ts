import { describe, expect, it } from "vitest";
import type { Fact } from "../records/fact.ts";
import {
  answered,
  asked,
  assistant,
  call,
  offered,
  requested,
  teller,
  tool,
  user,
} from "../toolcalls/facts.fixture.ts";
import { brokenStream } from "./broken-stream.ts";
import { callAsText } from "./call-as-text.ts";
import { found } from "./case.fixture.ts";
import { finishReason } from "./finish-reason.ts";
import { history, inspect } from "./history.ts";
import { sharedHistory } from "./shared-history.ts";
import { stepLimit } from "./step-limit.ts";
import { structuredAnswer } from "./structured-answer.ts";

const proxy = teller("requests.jsonl");
const refused = (line: number): Fact =>
  proxy.at(line)({
    kind: "model-failed",
    status: 400,
    code: null,
    param: "messages",
    message: "An assistant message with 'tool_calls' must be followed by tool messages",
    errorType: null,
  });

describe("callAsText", () => {
  const said = (text: string) =>
    found(callAsText, [
      proxy.at(1)(offered("order_status")),
      proxy.at(1)(asked(user("?"))),
      proxy.at(1)(answered([], text, "stop")),
    ]);

  it("finds calls in marks and bare", () => {
    expect(
      said('<tool_call>\n{"name": "order_status", "arguments": {"order_id": "O-31"}}\n</tool_call>'),
    ).toMatchObject([{ classifier: "model/call-as-text", facts: { tool: "order_status" } }]);
    expect(said('```json\n{"name": "order_status", "parameters": {"order_id": "O-31"}}\n```')).toMatchObject([
      { facts: { tool: "order_status" } },
    ]);
    expect(said("<function=order_status>{}</function>")).toMatchObject([{ facts: { tool: "order_status" } }]);
  });

  it("leaves texts alone that only look like it", () => {
    for (const text of [
      '{"name": "Ada", "arguments": []}',
      "Use the tool_call tag.",
      '{"status": "shipped"}',
      "I called order_status and it is shipped.",
    ])
      expect(said(text)).toEqual([]);
  });
});

describe("finishReason", () => {
  const judged = (reason: string, text: string | null = null, calls = [call("c1xx", "x")]) => {
    const findings = found(finishReason, [proxy.at(1)(asked(user("?"))), proxy.at(1)(answered(calls, text, reason))]);
    return findings === "skipped" ? [] : findings.map(({ classifier }) => classifier);
  };

  it("holds the reason against the answer", () => {
    expect(judged("tool_calls", null, [])).toEqual(["model/no-call"]);
    expect(judged("tool-calls", "", [])).toEqual(["model/no-call"]);
    expect(judged("content_filter", "", [])).toEqual(["model/content-filtered"]);
    expect(judged("MALFORMED_FUNCTION_CALL", null, [])).toEqual(["model/call-as-text"]);
    expect(judged("tool_calls")).toEqual([]);
    expect(judged("stop", "Done.", [])).toEqual([]);
    expect(judged("length", "Long", [])).toEqual([]);
  });
});

describe("structuredAnswer and brokenStream", () => {
  const options = {
    response_format: {
      type: "json_schema",
      json_schema: { schema: { type: "object", properties: { total: { type: "number" } }, required: ["total"] } },
    },
  };
  const answer = (text: string) =>
    found(structuredAnswer, [
      proxy.at(1)({ kind: "asked", messages: [user("?")], options }),
      proxy.at(1)(answered([], text, "stop")),
    ]);

  it("holds the answer against the schema that was asked for", () => {
    expect(answer('{"total": "forty"}')).toMatchObject([
      { classifier: "model/structured-output-failed", facts: { argument: "total", expected: "number" } },
    ]);
    expect(answer("about forty")).toHaveLength(1);
    expect(answer('{"total": 40}')).toEqual([]);
  });

  it("sees an answer that broke off", () => {
    const broken = (raw: string) =>
      found(brokenStream, [
        proxy.at(1)(asked(user("?"))),
        proxy.at(1)({
          kind: "answered",
          finishReason: null,
          text: null,
          calls: [call("c1xx", "x", raw)],
          complete: false,
        }),
      ]);
    expect(broken('{"city": "Po')).toMatchObject([{ classifier: "provider/network" }]);
    expect(broken('{"city": "Porto"}')).toEqual([]);
  });
});

describe("history", () => {
  const [a, b] = [call("call_a1xx", "search"), call("call_b1xx", "get")];

  it("names the calls that a refused request left unanswered", () => {
    const facts = [proxy.at(1)(asked(user("?"), assistant(a), user("again"))), refused(1)];
    expect(found(history, facts)).toMatchObject([
      {
        classifier: "conversation/missing-tool-response",
        callId: "call_a1xx",
        facts: { tool: "search", providerStatus: "400" },
        modifiers: ["fatal"],
      },
    ]);
  });

  it("finds orphans and doubled ids", () => {
    expect(found(history, [proxy.at(1)(asked(user("?"), tool("call_zzzz", "x"))), refused(1)])).toMatchObject([
      { classifier: "conversation/orphan-tool-response" },
    ]);
    const twice = assistant(call("call_same", "a"), call("call_same", "b"));
    expect(
      found(history, [proxy.at(1)(asked(twice, tool("call_same", "1"), tool("call_same", "2"))), refused(1)]),
    ).toMatchObject([{ classifier: "conversation/invalid-call-id" }]);
  });

  it("says nothing where the request was taken, or refused for another reason", () => {
    expect(
      found(history, [proxy.at(1)(asked(user("?"), assistant(a), user("again"))), proxy.at(1)(answered([], "ok"))]),
    ).toEqual([]);
    const limited: Fact = proxy.at(1)({
      kind: "model-failed",
      status: 429,
      code: null,
      param: null,
      message: "too many tool calls",
      errorType: null,
    });
    expect(found(history, [proxy.at(1)(asked(user("?"), assistant(a))), limited])).toEqual([]);
  });

  it("lets an id come again once it is answered", () => {
    expect(
      inspect([
        assistant(a),
        tool("call_a1xx", "1"),
        assistant(a),
        tool("call_a1xx", "2"),
        assistant(b),
        tool("call_b1xx", "3"),
      ]),
    ).toMatchObject({ missing: [], orphans: [], doubles: [] });
  });
});

describe("sharedHistory", () => {
  const calls = [0, 1, 2].map((n) => call(`call_g${n}xx`, "order_state", { order: 800 + n }));
  const starts = calls.flatMap((one, n) => [
    proxy.at(n + 1)(asked(user(`order ${800 + n}`))),
    proxy.at(n + 1)(answered([one])),
    proxy.at(n + 1)(requested(one)),
  ]);

  it("finds a history with the calls of several runs before their results", () => {
    const mixed = proxy.at(9)(
      asked(
        user("order 800"),
        ...calls.map((one) => assistant(one)),
        ...calls.map(({ id }) => tool(id!, "on its way")),
      ),
    );
    expect(found(sharedHistory, [...starts, mixed])).toMatchObject([{ classifier: "concurrency/shared-state" }]);
  });

  it("leaves runs alone that each have their own history, and parallel calls", () => {
    const own = calls.map((one, n) =>
      proxy.at(n + 5)(asked(user(`order ${800 + n}`), assistant(one), tool(one.id!, "on its way"))),
    );
    expect(found(sharedHistory, [...starts, ...own])).toEqual([]);
    const parallel = [
      proxy.at(1)(asked(user("all"))),
      proxy.at(1)(answered(calls)),
      ...calls.map((one, n) => proxy.at(1)(requested(one, n))),
      proxy.at(2)(asked(user("all"), ...calls.map((one) => assistant(one)), ...calls.map(({ id }) => tool(id!, "x")))),
    ];
    expect(found(sharedHistory, parallel)).toEqual([]);
  });

  it("leaves the turns of one conversation alone", () => {
    const [one, two] = calls as [(typeof calls)[0], (typeof calls)[0]];
    const facts = [
      proxy.at(1)(asked(user("1"))),
      proxy.at(1)(answered([one])),
      proxy.at(2)(asked(user("1"), assistant(one), tool(one.id!, "x"))),
      proxy.at(2)(answered([], "done")),
      proxy.at(3)(
        asked(user("1"), assistant(one), tool(one.id!, "x"), { ...user("done"), role: "assistant" }, user("2")),
      ),
      proxy.at(3)(answered([two])),
    ];
    expect(found(sharedHistory, facts)).toEqual([]);
  });
});

describe("stepLimit", () => {
  const ended = (reason: string) => found(stepLimit, [proxy.at(1)({ kind: "run-ended", outcome: "stopped", reason })]);

  it("takes no provider's limit of requests for one of the run", () => {
    expect(ended("Rate limit reached for gpt-4o on requests per min (RPM): Limit 500, Used 500")).toEqual([]);
    expect(ended("429 Request limit of the workspace: 20 requests per minute")).toEqual([]);
    expect(ended("Request limit of 50 reached")).toHaveLength(1);
  });

  it("reads the reason of the end", () => {
    expect(ended("Maximum number of turns 8 reached.")).toMatchObject([
      { classifier: "flow/step-limit", facts: { limit: "8" }, modifiers: ["fatal"] },
    ]);
    expect(ended("Max turns (5) exceeded")).toHaveLength(1);
    expect(ended("Termination message condition on agent 'x' met")).toEqual([]);
  });
});
