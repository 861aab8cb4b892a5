import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Message } from "../../records/records.ts";
import { messagesOf } from "./messages.ts";

/** One item in the form of each provider and framework, and the message that it is. */
const FORMS = JSON.parse(readFileSync(new URL("testdata/forms.json", import.meta.url), "utf8")) as {
  name: string;
  value: unknown;
  want: Message;
}[];

const message = (role: string, known: Partial<Message> = {}): Message => ({
  role,
  text: null,
  calls: [],
  results: [],
  ...known,
});
const ARGS = '{"claimId": "C-1"}';
const called = { id: "call_1", name: "get_claim", argumentsRaw: ARGS };
const parsed = { id: "call_1", name: "get_claim", argumentsRaw: '{"claimId":"C-1"}', parsed: true };
const result = (known: object = {}): object => ({
  callId: "call_1",
  tool: null,
  content: "not found",
  isError: null,
  ...known,
});

describe("messages of every form", () => {
  test.each(FORMS)("$name", ({ value, want }) => {
    expect(messagesOf([value])).toEqual([want]);
  });

  test("items of the Responses API become one message for each answer", () => {
    const items = [
      { role: "user", content: [{ type: "input_text", text: "hello" }] },
      { type: "reasoning", summary: [] },
      { type: "function_call", call_id: "call_1", name: "get_claim", arguments: ARGS },
      { type: "function_call", call_id: "call_2", name: "get_claim", arguments: ARGS },
      { type: "function_call_output", call_id: "call_1", output: "not found" },
    ];
    expect(messagesOf(items)).toEqual([
      message("user", { text: "hello" }),
      message("assistant", { calls: [called, { ...called, id: "call_2" }] }),
      message("tool", { results: [result()] as never }),
    ]);
  });

  test("a call that stands in content and in tool_calls is one; two of one id are two", () => {
    const copy = {
      role: "assistant",
      content: [{ type: "tool_use", id: "call_1", name: "get_claim", input: { claimId: "C-1" } }],
      tool_calls: [{ id: "call_1", name: "get_claim", args: { claimId: "C-1" } }],
    };
    expect(messagesOf([copy])[0]?.calls).toEqual([parsed]);
    const twins = {
      role: "assistant",
      tool_calls: [
        { id: "call_1", function: { name: "get_claim", arguments: ARGS } },
        { id: "call_1", function: { name: "get_claim", arguments: '{"claimId": "C-2"}' } },
      ],
    };
    expect(messagesOf([twins])[0]?.calls).toHaveLength(2);
  });

  test("what a function gave stands under `output` for Gemini, alone", () => {
    const contentOf = (response: unknown) =>
      messagesOf([{ role: "user", parts: [{ functionResponse: { name: "a", response } }] }])[0]?.results[0]?.content;
    expect(contentOf({ output: { ok: false } })).toBe('{"ok":false}');
    expect(contentOf({ output: null })).toBe("null");
    expect(contentOf({ output: "x", error: "y" })).toBe('{"output":"x","error":"y"}');
    expect(contentOf({ error: "closed" })).toBe('{"error":"closed"}');
  });

  test("what is no message is passed over, whatever it is", () => {
    expect(messagesOf([null, 7, "x", {}, [], { type: "web_search_call" }, { level: 30 }, { role: 5 }])).toEqual([]);
    expect(messagesOf("hello")).toEqual([message("user", { text: "hello" })]);
    let deep: unknown = { role: "user", content: "x" };
    for (let i = 0; i < 10_000; i++) deep = { content: [deep], role: "user", parts: [deep] };
    expect(messagesOf([deep])).toHaveLength(1);
  });
});

test("results of tau2-bench and SWE-agent name their calls in their own ways", () => {
  const results = (item: object) => messagesOf([item]).flatMap((message) => message.results);
  const content = "Error: Reservation EHGLP9 not found";
  expect(results({ id: "call_nh0g", role: "tool", content, requestor: "assistant", error: true })).toMatchObject([
    { callId: "call_nh0g", content, isError: true },
  ]);
  expect(
    results({ role: "tool", content: [{ type: "text", text: content }], tool_call_ids: ["call_4vT1"] }),
  ).toMatchObject([{ callId: "call_4vT1", content, isError: null }]);
  expect(results({ role: "tool", id: "msg_1", tool_call_id: "call_5", content })).toMatchObject([
    { callId: "call_5", isError: null },
  ]);
});
