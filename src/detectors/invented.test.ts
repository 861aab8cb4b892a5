import { describe, expect, it } from "vitest";
import type { Fact } from "../records/fact.ts";
import type { Finding } from "../records/finding.ts";
import type { Message } from "../records/records.ts";
import {
  answered,
  asked,
  assistant,
  call,
  requested,
  returned,
  teller,
  tool,
  user,
} from "../toolcalls/facts.fixture.ts";
import { caseOf, found } from "./case.fixture.ts";
import { failedCall } from "./failed-call.ts";
import { identifiersIn } from "./identifier.ts";
import { nothingFound } from "./nothing-found.ts";
import { settleFindings } from "./settle.ts";

const log = teller("requests.jsonl");

/** One call after these messages, and what it got. */
function asks(messages: Message[], args: unknown, content: string, isError: boolean | null = null, name = "get_order") {
  const one = call("call_i1x", name, args);
  return [
    log.at(1)(asked(...messages)),
    log.at(1)(answered([one])),
    log.at(1)(requested(one)),
    log.at(2)({ kind: "returned", result: { callId: "call_i1x", tool: name, content, isError }, seenBy: "framework" }),
  ];
}

/** The fact `invented` of what is said of the call. */
function invented(facts: Fact[], finding: Partial<Finding> = {}) {
  const the = caseOf(facts);
  const [made] = failedCall.detect(the);
  return settleFindings([{ ...made!, ...finding }], the)[0]?.facts.invented;
}

const hello = user("Where is the parcel of Mrs Berg?");

describe("invented", () => {
  it("names what nobody said before", () => {
    expect(invented(asks([hello], { order_id: "O-4471" }, "no order O-4471", true))).toBe("O-4471");
    expect(invented(asks([hello], { id: 90_417 }, "KeyError: 90417", true))).toBe("90417");
    expect(invented(asks([hello], { to: "a.berg@mail.example" }, "unknown address", true))).toBe("a.berg@mail.example");
    expect(
      invented(
        asks([hello], { path: "/srv/parcels/berg.json" }, "ENOENT: no such file '/srv/parcels/berg.json'", true),
      ),
    ).toBe("/srv/parcels/berg.json");
  });

  it.each([
    ["the user", [user("Where is order o 4471?")]],
    ["the system", [{ ...user("Open orders: [4471, 4472]"), role: "system" }, hello]],
    ["a result", [hello, assistant(call("c9xxx", "list", {})), tool("c9xxx", '{"orders":["O-4471"]}')]],
    ["an argument", [hello, assistant(call("c9xxx", "list", { after: "O-4471" })), tool("c9xxx", "[]")]],
  ])("says nothing of what %s said", (_, messages) => {
    expect(invented(asks(messages as Message[], { order_id: "O-4471" }, "no order O-4471", true))).toBeUndefined();
  });

  it("says nothing where the conversation was not seen in full", () => {
    const args = { order_id: "O-4471" };
    const error = "no order O-4471";
    expect(invented(asks([{ ...hello, partial: true }], args, error, true))).toBeUndefined();
    expect(invented(asks([tool("c1xxx", "x"), hello], args, error, true))).toBeUndefined();
    expect(invented(asks([user("[REDACTED]"), hello], args, error, true))).toBeUndefined();
    expect(invented(asks([{ ...hello, role: "system" }], args, error, true))).toBeUndefined();
    const [, ...unasked] = asks([hello], args, error, true);
    expect(invented(unasked)).toBeUndefined();
  });

  it("reads a saved history, up to the call", () => {
    const one = call("call_i1x", "get_order", { order_id: "O-4471" });
    const history = (first: string) => [
      log.at(1)(asked(user(first), assistant(one), tool("call_i1x", "no order O-4471"), user("O-4471 is right!"))),
      log.at(1)(returned("call_i1x", "no order O-4471", "get_order", true)),
    ];
    expect(invented(history("Where is my parcel?"))).toBe("O-4471");
    expect(invented(history("Where is parcel 4471?"))).toBeUndefined();
  });

  it("remembers what earlier requests of the run said, and is quick in a long one", () => {
    const trimmed = [log.at(0)(asked(user("Parcels 4471 and 4472"))), ...asks([hello], { id: 4471 }, "no 4471", true)];
    const inOneTrace = trimmed.map((fact) => ({ ...fact, scope: { ...fact.scope, traceId: "aa" } }));
    expect(invented(inOneTrace)).toBeUndefined();
    const history: Message[] = [hello];
    const facts: Fact[] = [];
    for (let n = 0; n < 400; n++) {
      const one = call(`call_n${n}x`, "get_order", { order_id: `O-${90_000 + n}` });
      facts.push(log.at(n)(asked(...history)), log.at(n)(answered([one])), log.at(n)(requested(one)));
      history.push(assistant(one), tool(`call_n${n}x`, "no such order"));
      facts.push(log.at(n)(returned(`call_n${n}x`, "no such order", "get_order", true)));
    }
    const the = caseOf(facts);
    const settled = settleFindings(failedCall.detect(the), the);
    expect(settled.filter(({ facts: { invented: name } }) => name !== undefined).length).toBe(400);
  });

  it("says nothing of a failure that has nothing to do with a name", () => {
    expect(invented(asks([hello], { order_id: "O-4471" }, "division by zero", true))).toBeUndefined();
    expect(
      invented(asks([hello], { order_id: "O-4471" }, "no order O-4471", true), { classifier: "execution/timeout" }),
    ).toBeUndefined();
  });
});

describe("identifiersIn", () => {
  it("tells names of things from other values", () => {
    const args = {
      claim_id: "CL-1042",
      owner: { email: "a@b.example", uuid: "0f8fad5b-d9cb-469f-a165-70867728950e" },
      rows: [{ sku: "AB12" }],
      accountId: 4711,
      file: "src/main.ts",
    };
    expect(identifiersIn(args).map(({ path }) => path)).toEqual([
      "claim_id",
      "owner.email",
      "owner.uuid",
      "rows[0].sku",
      "accountId",
      "file",
    ]);
    const none = {
      day: "2026-03-01",
      at: "12:30",
      version: "1.20.3",
      model: "gpt-4o",
      page_number: 120,
      limit: 5000,
      size: "120kg",
      query: "how old is C-3PO 2000",
      city: "Lisbon",
      id: "x",
      price: 19.99,
      tool: "python3.11",
    };
    expect(identifiersIn(none)).toEqual([]);
  });

  it("is bounded", () => {
    let deep: unknown = "CL-1042";
    for (let n = 0; n < 50_000; n++) deep = { id: deep };
    expect(identifiersIn(deep)).toEqual([]);
    expect(identifiersIn(Array.from({ length: 5000 }, (_, n) => `/a/${n}`)).length).toBe(50);
  });
});

describe("nothingFound", () => {
  const named = (messages: Message[], content: string, name?: string) =>
    found(nothingFound, asks(messages, { order_id: "O-4471" }, content, null, name));

  it.each(["[]", "null", "", '{"orders": [], "total": 0}', "{'rows': []}", "No matching orders found."])(
    "says of %s that the name was made up",
    (content) => {
      expect(named([hello], content)).toMatchObject([
        { classifier: "execution/resource-missing", facts: { argument: "order_id", invented: "O-4471" } },
      ]);
    },
  );

  it("is silent where the name was given, something came, or nothing was looked up", () => {
    expect(named([user("order 4471?")], "[]")).toEqual([]);
    expect(named([hello], '{"orders": [{"id": 1}]}')).toEqual([]);
    expect(named([hello], '{"status": "shipped"}')).toEqual([]);
    expect(named([hello], "null", "delete_order")).toEqual([]);
    expect(found(nothingFound, asks([hello], { customer: "Berg" }, "[]"))).toEqual([]);
  });
});
