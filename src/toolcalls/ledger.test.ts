import { describe, expect, it } from "vitest";
import type { Fact } from "../records/fact.ts";
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
} from "./facts.fixture.ts";
import { createLedger } from "./ledger.ts";

function ledgerOf(facts: readonly Fact[]) {
  const ledger = createLedger();
  for (const fact of facts) ledger.add(fact);
  return ledger;
}

/** What must not depend on the order of arrival. */
function shape(facts: readonly Fact[]) {
  const ledger = ledgerOf(facts);
  return {
    calls: ledger
      .calls()
      .map(({ id, tool: name, run, argumentsRaw, results, life }) => ({
        id,
        name,
        run,
        argumentsRaw,
        results: results.map(({ content, seenBy }) => `${seenBy} ${content}`),
        life,
      }))
      .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    runs: ledger
      .runs()
      .map(({ id, calls, turns }) => [id, calls.length, turns.length])
      .toSorted(),
  };
}

const weather = { name: "get_weather", description: null, schema: { type: "object" } };
const paris = call("call_q8Zt1", "get_weather", { city: "Paris" });

/** One call as an event log, a trace and a proxy tell it. */
function threeSources(): Fact[] {
  const log = teller("app.log");
  const trace = teller("traces.jsonl", { traceId: "aa" });
  const proxy = teller("requests.jsonl");
  return [
    log.at(1)(offered(weather)),
    log.at(1)(asked(user("Weather?"))),
    log.at(1)(answered([paris])),
    log.at(1)(requested(paris)),
    log.at(2)(requested(paris)),
    log.at(3)(returned("call_q8Zt1", "18C", "get_weather", false)),
    trace.at(1, { spanId: "01" })(requested(paris)),
    trace.at(2, { spanId: "02" })(executed("call_q8Zt1", "get_weather", null)),
    proxy.at(1)(asked(user("Weather?"))),
    proxy.at(1)(answered([paris])),
    proxy.at(1)(requested(paris)),
    proxy.at(2)(asked(user("Weather?"), assistant(paris), tool("call_q8Zt1", "18C"))),
  ];
}

describe("createLedger", () => {
  it("makes one call of what three sources tell, in the best known run", () => {
    const ledger = ledgerOf(threeSources());
    expect(ledger.calls()).toHaveLength(1);
    const [one] = ledger.calls();
    expect(one).toMatchObject({
      id: "call_q8Zt1",
      tool: "get_weather",
      run: "aa",
      requested: true,
      schema: { type: "object" },
    });
    expect(one!.results.map(({ seenBy }) => seenBy).toSorted()).toEqual(["framework", "request"]);
    expect(one!.life).toEqual({
      offered: "ok",
      requested: "ok",
      parsed: "ok",
      "looked up": "ok",
      validated: "ok",
      executed: "ok",
      returned: "ok",
      consumed: "ok",
    });
    expect(ledger.runs().map(({ id, calls }) => [id, calls.length])).toEqual([["aa", 1]]);
  });

  it("gives the same whatever the order of arrival", () => {
    const facts = threeSources();
    const expected = shape(facts);
    for (let n = 1; n < facts.length; n++) {
      const turned = [...facts.slice(n), ...facts.slice(0, n)];
      expect(shape(turned)).toEqual(expected);
      expect(shape(turned.toReversed())).toEqual(expected);
    }
  });

  it("does not repeat calls and results that later requests show again", () => {
    const proxy = teller("requests.jsonl");
    const facts: Fact[] = [];
    const history = [user("Count.")];
    for (let n = 0; n < 20; n++) {
      const one = call(`call_long${n}`, "count", { n });
      facts.push(proxy.at(n)(asked(...history)), proxy.at(n)(answered([one])), proxy.at(n)(requested(one)));
      history.push(assistant(one), tool(`call_long${n}`, String(n)));
    }
    const ledger = ledgerOf(facts);
    expect(ledger.calls()).toHaveLength(20);
    expect(ledger.calls().every(({ results }) => results.length <= 1)).toBe(true);
    expect(ledger.runs()).toHaveLength(1);
    expect(ledger.runs()[0]!.turns).toHaveLength(20);
  });

  it("tells calls apart where each answer counts its ids from 0", () => {
    const log = teller("app.log");
    const facts = [1, 2, 3].flatMap((n) => [
      log.at(10 * n)(requested(call("0", "poll", { job: 7 }))),
      log.at(10 * n + 1)(returned("0", `state ${n}`)),
    ]);
    const calls = ledgerOf(facts).calls();
    expect(calls.map(({ results }) => results[0]!.content)).toEqual(["state 1", "state 2", "state 3"]);
  });

  it("keeps two calls of one answer apart that share an id", () => {
    const log = teller("app.log");
    const facts = [
      log.at(1)(requested(call("call_same", "order_status", { id: "O-1" }), 0)),
      log.at(1)(requested(call("call_same", "order_status", { id: "O-2" }), 1)),
      log.at(2)(returned("call_same", "shipped")),
      log.at(2)(returned("call_same", "paid")),
    ];
    expect(
      ledgerOf(facts)
        .calls()
        .map(({ results }) => results.map(({ content }) => content)),
    ).toEqual([["shipped"], ["paid"]]);
  });

  it("gives facts without an id to the call with the same arguments, then by order", () => {
    const trace = teller("traces.jsonl", { traceId: "aa" });
    const facts = [
      trace.at(1, { spanId: "01" })(requested(call("call_a1b2", "get", { id: 1 }), 0)),
      trace.at(1, { spanId: "01" })(requested(call("call_c3d4", "get", { id: 2 }), 1)),
      trace.at(2, { spanId: "02" })(executed(null, "get", { id: 2 })),
      trace.at(2, { spanId: "02" })(returned(null, "two", "get")),
      trace.at(3, { spanId: "03" })(executed(null, "get", { id: 1 }, "failed")),
    ];
    const [first, second] = ledgerOf(facts).calls();
    expect(first!.executions.map(({ outcome }) => outcome)).toEqual(["failed"]);
    expect(second!.executions.map(({ outcome }) => outcome)).toEqual(["ok"]);
    expect(second!.results[0]!.content).toBe("two");
  });

  it("gives what names no call to one that the same channel does not name", () => {
    const trace = teller("traces.jsonl", { traceId: "aa" });
    const facts = [
      trace.at(1, { spanId: "01" })(requested(call("call_a1b2", "get", { id: 1 }), 0)),
      trace.at(1, { spanId: "01" })(requested(call("call_c3d4", "get", { id: 2 }), 1)),
      trace.at(2, { spanId: "02" })(executed("call_a1b2", "get", null)),
      trace.at(3, { spanId: "03" })(executed(null, "get", null, "failed")),
    ];
    const outcomes = ledgerOf(facts)
      .calls()
      .map(({ executions }) => executions.map(({ outcome }) => outcome));
    expect(outcomes).toEqual([["ok"], ["failed"]]);
  });

  it("knows what an agent has from its own span, where requests do not say it", () => {
    const trace = teller("traces.jsonl", { traceId: "aa" });
    const [get, set] = ["get", "set"].map((name) => ({ name, description: null, schema: null }));
    const had = { kind: "offered", to: "agent" } as const;
    const facts = [
      trace.at(1, { spanId: "01", agent: "a" })({ ...had, tools: [get!] }),
      trace.at(1, { spanId: "02", agent: "b" })({ ...had, tools: [set!] }),
      trace.at(2, { spanId: "03", agent: "a" })(requested(call("call_a1b2", "set"))),
      trace.at(3, { spanId: "04" })(requested(call("call_c3d4", "set"))),
    ];
    const names = (all: Fact[]) =>
      ledgerOf(all)
        .calls()
        .map(({ offered }) => offered?.map(({ name }) => name));
    expect(names(facts)).toEqual([["get"], ["get", "set"]]);
    const asking = trace.at(2, { spanId: "03", agent: "a" });
    expect(names([...facts, asking(offered("set")), asking(asked(user("?")))])[0]).toEqual(["set"]);
  });

  it("takes a native span inside an instrumentation's span for the same call", () => {
    const trace = teller("traces.jsonl", { traceId: "aa" });
    const facts = [
      trace.at(1, { spanId: "01" })(executed(null, "get", { id: 1 })),
      trace.at(2, { spanId: "02", parentSpanId: "01" })(executed(null, "get", null)),
    ];
    expect(ledgerOf(facts).calls()).toHaveLength(1);
  });

  it("does not give a result of this run to a call that only the history shows", () => {
    const trace = teller("traces.jsonl", { traceId: "bb" });
    const old = call("call_old1x", "status", { id: "C-1" });
    const own = call("call_new1x", "status", { id: "C-2" });
    const facts = [
      trace.at(1, { spanId: "01" })(asked(user("1"), assistant(old), tool("call_old1x", "open"), user("2"))),
      trace.at(1, { spanId: "01" })(answered([own])),
      trace.at(1, { spanId: "01" })(requested(own)),
      trace.at(2, { spanId: "02" })(returned(null, "closed", "status")),
    ];
    const calls = new Map(
      ledgerOf(facts)
        .calls()
        .map((one) => [one.id, one.results.map(({ content }) => content)]),
    );
    expect(calls.get("call_old1x")).toEqual(["open"]);
    expect(calls.get("call_new1x")).toEqual(["closed"]);
  });

  it("tells runs of a bare source by their histories", () => {
    const proxy = teller("requests.jsonl");
    const [a, b] = [call("call_aaaa", "get", { id: 1 }), call("call_bbbb", "get", { id: 2 })];
    const facts = [
      proxy.at(1)(asked(user("one"))),
      proxy.at(1)(answered([a])),
      proxy.at(2)(asked(user("two"))),
      proxy.at(2)(answered([b])),
      proxy.at(3)(asked(user("one"), assistant(a), tool("call_aaaa", "1"))),
      proxy.at(4)(asked(user("two"), assistant(b), tool("call_bbbb", "2"))),
    ];
    expect(
      ledgerOf(facts)
        .runs()
        .map(({ turns }) => turns.map(({ time }) => Number(time! / 1_000_000_000n))),
    ).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  it("sees a call that the next request leaves unanswered", () => {
    const proxy = teller("requests.jsonl");
    const one = call("call_slow1x", "search", {});
    const facts = [
      proxy.at(1)(asked(user("find"))),
      proxy.at(1)(answered([one])),
      proxy.at(1)(requested(one)),
      proxy.at(2)(asked(user("find"), assistant(one), user("again"))),
    ];
    expect(ledgerOf(facts).calls()[0]!.life.consumed).toBe("failed");
  });

  it("forgets the oldest facts", () => {
    const log = teller("app.log");
    const ledger = ledgerOf([1, 2, 3].map((n) => log.at(n)(requested(call(`call_x${n}y`, "get", { n })))));
    expect(ledger.forget(2)).toBe(1);
    expect(ledger.calls().map(({ id }) => id)).toEqual(["call_x2y", "call_x3y"]);
  });

  it("is linear in the number of facts", () => {
    const log = teller("app.log");
    const many = (n: number): Fact[] =>
      Array.from({ length: n }, (_, at) => [
        log.at(at)(executed(null, "poll", { job: 1 })),
        log.at(at)(returned("0", "pending")),
      ]).flat();
    const time = (n: number): number => {
      const ledger = ledgerOf(many(n));
      const from = performance.now();
      ledger.calls();
      return performance.now() - from;
    };
    time(1000);
    expect(time(10_000)).toBeLessThan(60 * Math.max(10, time(1000)));
  });

  it("keeps executions of several traces apart that count their ids up anew", () => {
    const facts = ["a", "b", "c"].map((letter, n) =>
      teller("traces.jsonl").at(n + 1, { traceId: letter.repeat(32), spanId: letter.repeat(16) })(
        executed("call_1", "quote", null),
      ),
    );
    expect(ledgerOf(facts).calls()).toHaveLength(3);
  });
});
