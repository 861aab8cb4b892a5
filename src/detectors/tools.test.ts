import { describe, expect, it } from "vitest";
import {
  answered,
  asked,
  assistant,
  call,
  executed,
  offered,
  requested,
  returned,
  teller,
  tool,
  user,
} from "../toolcalls/facts.fixture.ts";
import { caseOf, found } from "./case.fixture.ts";
import { notExecutable } from "./not-executable.ts";
import { unanswered } from "./unanswered.ts";
import { unknownTool } from "./unknown-tool.ts";

const log = teller("app.log");

function asking(name: string, ...tools: string[]) {
  const made = call("call_v1x9", name, { order_id: "O-20" });
  return [
    log.at(1)(offered(...tools)),
    log.at(1)(asked(user("?"))),
    log.at(1)(answered([made])),
    log.at(1)(requested(made)),
  ];
}
const result = (content: string, isError: boolean | null = null) =>
  log.at(2)(returned("call_v1x9", content, null, isError));

describe("unknownTool", () => {
  it("knows a name that a program missed among its own functions", () => {
    const made = call("call_v1x9", "find_guest", {});
    const facts = (content: string) => [
      log.at(1)(asked(user("?"))),
      log.at(1)(answered([made])),
      log.at(1)(requested(made)),
      log.at(2)(returned("call_v1x9", content, null, null)),
    ];
    expect(found(unknownTool, facts("KeyError: 'find_guest'"))).toMatchObject([{ facts: { tool: "find_guest" } }]);
    expect(found(unknownTool, facts("KeyError: 'Ada'"))).toBe("skipped");
  });

  it("names the tool that was meant", () => {
    const facts = [
      ...asking("getOrderStatus", "get_order_status", "cancel_order"),
      result("Error: tool 'getOrderStatus' not found in any workbench", true),
    ];
    expect(found(unknownTool, facts)).toMatchObject([
      {
        classifier: "registration/unknown-tool",
        callId: "call_v1x9",
        facts: { tool: "getOrderStatus", nearest: "get_order_status", toolCount: "2" },
        confidence: "certain",
      },
    ]);
  });

  it("takes the framework's word where no offer is known", () => {
    const facts = [
      log.at(1)(requested(call("call_v1x9", "close", {}))),
      log.at(2)({ kind: "looked-up", callId: "call_v1x9", tool: "close", ok: false, reason: null }),
      result("Tool not found", true),
    ];
    expect(found(unknownTool, facts)).toMatchObject([{ facts: { tool: "close" } }]);
  });

  it("leaves hosted tools, glued names and calls that worked alone", () => {
    expect(found(unknownTool, [...asking("web_search", "get_order")])).toEqual([]);
    expect(found(unknownTool, [...asking("get_orderget_order", "get_order"), result("Error: no", true)])).toEqual([]);
    expect(found(unknownTool, [...asking("get_order_v2", "get_order"), result("shipped", false)])).toEqual([]);
    expect(found(unknownTool, [...asking("get_orders", "get_order"), result("", null)])).toMatchObject([
      { classifier: "registration/unknown-tool", confidence: "likely" },
    ]);
  });
});

describe("notExecutable", () => {
  it("tells a tool that nobody registered from one that nobody offered", () => {
    expect(
      found(notExecutable, [...asking("total_paid", "total_paid"), result("Error: Function total_paid not found.")]),
    ).toMatchObject([{ classifier: "registration/tool-not-wired", facts: { tool: "total_paid" } }]);
    expect(
      found(notExecutable, [...asking("total_paid", "other"), result("Error: Function total_paid not found.")]),
    ).toEqual([]);
    expect(
      found(notExecutable, [...asking("get_file", "get_file"), result("Error: file total_paid not found")]),
    ).toEqual([]);
  });

  it("sees a call where nothing is offered any more", () => {
    const [first, second] = [call("call_f1x", "get_claim", { id: 4 }), call("call_f2x", "get_claim", { id: 5 })];
    const facts = [
      log.at(1)(offered("get_claim")),
      log.at(1)(asked(user("?"))),
      log.at(1)(answered([first])),
      log.at(1)(requested(first)),
      log.at(2)(offered()),
      log.at(2)(asked(user("?"), assistant(first), tool("call_f1x", "open"))),
      log.at(2)(answered([second])),
      log.at(2)(requested(second)),
    ];
    expect(found(notExecutable, facts)).toMatchObject([{ callId: "call_f2x" }]);
  });
});

describe("unanswered", () => {
  it("finds a call that was started and never answered", () => {
    const facts = [
      ...asking("wait", "wait"),
      log.at(2)(executed("call_v1x9", "wait", { order_id: "O-20" }, "started")),
    ];
    expect(found(unanswered, facts)).toMatchObject([{ classifier: "execution/unanswered", modifiers: ["fatal"] }]);
  });

  it("finds a call that a finished run never took up", () => {
    const ended = log.at(3)({ kind: "run-ended", outcome: "ok", reason: null });
    expect(found(unanswered, [...asking("assess", "assess"), ended])).toMatchObject([
      { classifier: "registration/tool-not-wired" },
    ]);
    expect(found(unanswered, asking("assess", "assess"))).toEqual([]);
  });

  describe("where the record stops behind a call", () => {
    const [first, second] = [call("call_a1", "get", { id: 1 }), call("call_b2", "get", { id: 2 })];
    const saved = (name: string, ...calls: ReturnType<typeof call>[]) => {
      const history = teller("chat.json", { run: `chat.json#${name}` });
      const message = (body: Parameters<ReturnType<typeof log.at>>[0]) => {
        const fact = history.at(1)(body);
        return { ...fact, evidence: { ...fact.evidence, kind: "message" as const } };
      };
      const before = calls.slice(0, -1);
      return [
        message(asked(user("?"), ...before.flatMap((one) => [assistant(one), tool(one.id!, "fine")]))),
        message(answered(calls.slice(-1))),
        ...calls.map((one) => message(requested(one))),
        ...before.map((one) => message(returned(one.id, "fine", one.name))),
      ];
    };

    it("finds the last call of a history whose earlier calls of the tool were answered", () => {
      expect(found(unanswered, saved("1", first, second))).toMatchObject([
        { classifier: "execution/unanswered", callId: "call_b2", confidence: "possible" },
      ]);
    });

    it("only notes a first call, a request log, and a call that ends a run by design", () => {
      const note = (facts: Parameters<typeof caseOf>[0]) => unanswered.unsure?.(caseOf(facts)) ?? null;
      expect(found(unanswered, saved("1", first))).toEqual([]);
      expect(note(saved("1", first))).toMatch(/^a run ends with a call that nothing here answers \(get\):/);
      expect(note(asking("get", "get"))).toMatch(/\(get\)/);
      expect(note(asking("final_result", "get"))).toBe(null);
      expect(note(asking("transfer_to_billing", "get"))).toBe(null);
    });

    it("takes histories that nearly all end with a call for examples", () => {
      const [a, b] = [call("call_c3", "get", { id: 3 }), call("call_d4", "get", { id: 4 })];
      expect(found(unanswered, [...saved("1", first, second), ...saved("2", a, b)])).toEqual([]);
    });
  });

  it("says nothing of answered and of refused calls", () => {
    expect(
      found(unanswered, [
        ...asking("get", "get"),
        log.at(2)(executed("call_v1x9", "get", {}, "started")),
        result("ok"),
      ]),
    ).toEqual([]);
    expect(
      found(unanswered, [...asking("gone", "get"), log.at(2)(executed("call_v1x9", "gone", {}, "started"))]),
    ).toEqual([]);
  });
});
