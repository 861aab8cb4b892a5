import { expect, test } from "vitest";
import type { Span } from "../../records/records.ts";
import type { Speaker } from "../speaker.ts";
import { sayPublished } from "./autogen-published.ts";

function said(message: string, scope = "openinference.instrumentation.autogen_agentchat"): unknown[] {
  const all: unknown[] = [];
  const voice = {
    fact: (fact: { kind: string; call: unknown }) => all.push([fact.kind, fact.call]),
    returned: (result: unknown) => all.push(["returned", result]),
    text: (place: string, text: string) => all.push([place, text]),
  } as unknown as Speaker;
  const attributes = { "input.value": JSON.stringify({ message, sender: "desk" }) };
  const name = "SingleThreadedAgentRuntime.publish_message";
  sayPublished({ scope: { name: scope }, name, attributes, startNs: 1n } as unknown as Span, voice);
  return all;
}

test("reads what agents publish", () => {
  expect(
    said(
      `message=ToolCallRequestEvent(id='1', source='desk', content=[FunctionCall(id='c1', arguments='{"id": ', name='f')])`,
    ),
  ).toEqual([["requested", { id: "c1", name: "f", argumentsRaw: '{"id": ' }]]);
  expect(
    said(
      "message=ToolCallExecutionEvent(content=[FunctionExecutionResult(content='no', name='f', call_id='c1', is_error=True)])",
    ),
  ).toEqual([["returned", { callId: "c1", tool: "f", content: "no", isError: true }]]);
  expect(said("message=TextMessage(source='desk', content='<tool_call>')")).toEqual([["model-text", "<tool_call>"]]);
  expect(said("message=StopMessage(source='m', content='Maximum number of turns 3 reached') error=None")).toEqual([
    ["status", "Maximum number of turns 3 reached"],
  ]);
});

test("says nothing of the user's words, broken reprs and other tracers", () => {
  expect(said("message=TextMessage(source='user', content='free?')")).toEqual([]);
  expect(said("message=ToolCallRequestEvent(content=[Funct")).toEqual([]);
  expect(said("message=TextMessage(source='desk', content='x')", "autogen")).toEqual([]);
});
