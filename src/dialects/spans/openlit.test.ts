import { expect, test } from "vitest";
import type { Exchange, Message, Span } from "../../records/records.ts";
import type { Fact } from "../../records/fact.ts";
import { openlit } from "./openlit.ts";

function read(attributes: Record<string, unknown>) {
  const facts: Fact[] = [];
  const span = {
    traceId: "t",
    spanId: "s",
    parentSpanId: null,
    name: "chat m",
    startNs: 1n,
    endNs: 2n,
    status: { code: "ok", message: null },
    attributes: { "gen_ai.operation.name": "chat", ...attributes },
    events: [],
    scope: { name: "openlit" },
    source: "x",
  } as unknown as Span;
  const score = openlit.score(span);
  openlit.read(span, { fact: (fact) => facts.push(fact), text: () => {} });
  const asked = facts.find((fact) => fact.kind === "asked") as { messages: Message[] } | undefined;
  const answered = facts.find((fact) => fact.kind === "answered") as
    | { calls: NonNullable<Exchange["answer"]>["message"]["calls"] }
    | undefined;
  return { score, messages: asked?.messages, calls: answered?.calls };
}

test("reads calls that stand side by side", () => {
  const { calls } = read({
    "gen_ai.tool.name": "find_room, find_room",
    "gen_ai.tool.call.id": "c1, c2",
    "gen_ai.tool.args": '{"id": "2, 3"}, {"id": "4"}',
    "gen_ai.completion": "",
  });
  expect(calls).toEqual([
    { id: "c1", name: "find_room", argumentsRaw: '{"id": "2, 3"}' },
    { id: "c2", name: "find_room", argumentsRaw: '{"id": "4"}' },
  ]);
  expect(read({ "gen_ai.tool.name": "f", "gen_ai.tool.args": '{"id": "2", "ni' }).calls).toEqual([
    { id: null, name: "f", argumentsRaw: '{"id": "2", "ni' },
  ]);
});

test("reads the history out of what was printed", () => {
  const list = `[{'role': 'user', 'content': 'Who?'}, {'role': 'tool', 'tool_call_id': 'c1', 'content': "no 'x'"}]`;
  expect(
    read({ "gen_ai.prompt": `system: Help.\nuser: Who?\nuser: ${list}\ntool: no 'x'` }).messages?.at(-1)?.results,
  ).toEqual([{ callId: "c1", tool: null, content: "no 'x'", isError: null }]);
  expect(read({ "gen_ai.prompt": "system: Help.\nuser: Who?\nAnd why?\ntool: free" }).messages).toEqual([
    { role: "system", text: "Help.", calls: [], results: [] },
    { role: "user", text: "Who?\nAnd why?", calls: [], results: [] },
    { role: "tool", text: null, calls: [], results: [{ callId: null, tool: null, content: "free", isError: null }] },
  ]);
});

test("leaves the spans of its later versions to the conventions", () => {
  expect(read({ "gen_ai.output.messages": "[]" }).score).toBe(0);
});
