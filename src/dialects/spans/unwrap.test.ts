import { expect, test } from "vitest";
import { argumentsOf, toolResultOf } from "./unwrap.ts";

const result = (value: unknown) => toolResultOf(value, "f");

test("takes results out of the objects that frameworks print around them", () => {
  expect(result("status='failure' result=None error='timed out' updated_session_state=None images=None")).toEqual({
    callId: null,
    tool: "f",
    content: "timed out",
    isError: true,
  });
  expect(result("status='success' result='free' error=None updated_session_state=None")).toMatchObject({
    content: "free",
    isError: false,
  });
  const index = { tool_name: "f", tool_id: "c1", tool_output: { content: "no 'x'", is_error: true } };
  expect(result(JSON.stringify(JSON.stringify(index)))).toEqual({
    callId: "c1",
    tool: "f",
    content: "no 'x'",
    isError: true,
  });
  expect(result("status='open' result='free'").content).toBe("status='open' result='free'");
});

test("takes the arguments out of a request of MCP", () => {
  const request = '{"method":"tools/call","params":{"name":"f","arguments":{"id":"2"}}}';
  expect(argumentsOf(request, false)).toEqual({ raw: '{"id":"2"}', callId: null });
});

test("takes the arguments out of AutoGen's and CrewAI's inputs", () => {
  const json = '{"args": {"id": "2"}, "cancellation_token": "<CancellationToken>", "call_id": "c1"}';
  expect(argumentsOf(json, false)).toEqual({ raw: '{"id":"2"}', callId: "c1" });
  const step = { tool_string: 'Thought: x\nAction: f\nAction Input: {"id": ', tool: "CrewStructuredTool(name='f')" };
  expect(argumentsOf(JSON.stringify(step), false).raw).toBe('{"id":');
});
