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
import { found } from "./case.fixture.ts";
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
