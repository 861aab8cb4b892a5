import { expect, test } from "vitest";
import { adkEvents } from "./adk-events.ts";
import { haystackPrint } from "./haystack.ts";
import { prose } from "./prose.ts";
import { reading } from "./reading.fixture.ts";

test("reads the calls and results of ADK's events", () => {
  const { requested, returned, verdicts } = reading(
    adkEvents,
    '{"content":{"parts":[{"function_call":{"id":"c1","name":"send_key","args":{"guest":"Ada"}}}],"role":"model"},"invocation_id":"e-1","author":"desk"}',
    '{"content":{"parts":[{"function_response":{"id":"c1","name":"send_key","response":{"result":"Error: rejected"}}}],"role":"user"},"invocation_id":"e-1","author":"desk"}',
    '{"content":{"parts":"free"},"invocation_id":"e-1","author":"desk"}',
    '{"invocation_id":"e-1","status":"ok"}',
  );
  expect(requested).toEqual([["c1", "send_key", '{"guest":"Ada"}']]);
  expect(returned).toEqual([["c1", "send_key", '{"result":"Error: rejected"}', null]]);
  expect(verdicts).toEqual(["claimed", "claimed", "none", "none"]);
});

test("reads Haystack's messages, also several in a list", () => {
  const call = "ToolCall(tool_name='find_room', arguments={'room_id': '214'}, id='c1')";
  const asked = `ChatMessage(_role=<ChatRole.ASSISTANT: 'assistant'>, _content=[${call}], _name=None, _meta={'index': 0})`;
  const given = `ChatMessage(_role=<ChatRole.TOOL: 'tool'>, _content=[ToolCallResult(result="no 'x'", origin=${call}, error=True)], _name=None, _meta={})`;
  const { requested, returned, verdicts } = reading(haystackPrint, `[${asked}, ${given}]`, "ChatMessage(_role=<Chat");
  expect(requested).toEqual([["c1", "find_room", '{"room_id":"214"}']]);
  expect(returned).toEqual([["c1", "find_room", "no 'x'", true]]);
  expect(verdicts).toEqual(["claimed", "none"]);
});

test("reads calls that a program shows with the dict it gave", () => {
  const { requested, returned } = reading(
    prose,
    "Called find_room with {'room_id': '214'} -> no room 'x'",
    "calling find_room({'room_id': '215'})",
    "calling find_room {'room_id': '216'}",
  );
  expect(requested).toEqual([
    [null, "find_room", '{"room_id":"214"}'],
    [null, "find_room", '{"room_id":"215"}'],
    [null, "find_room", "{'room_id': '216'}"],
  ]);
  expect(returned).toEqual([[null, "find_room", "no room 'x'", null]]);
});
