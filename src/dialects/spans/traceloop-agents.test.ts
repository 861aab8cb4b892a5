import { expect, test } from "vitest";
import type { Span } from "../../records/records.ts";
import type { ModelCall, Speaker } from "../speaker.ts";
import { sayTurn } from "./traceloop-agents.ts";

function calls(output: unknown, scope = "opentelemetry.instrumentation.openai_agents"): ModelCall[] {
  const said: ModelCall[] = [];
  const voice = { modelCall: (call: ModelCall) => said.push(call) } as unknown as Speaker;
  const repr =
    "Agent(name='Desk', tools=[FunctionTool(name='find_room', description='Finds.', params_json_schema={'properties': {'id': {'type': 'string'}}, 'additionalProperties': False}, on_invoke_tool=<function f at 0x7f>)])";
  const attributes = {
    "traceloop.span.kind": "agent",
    "traceloop.entity.input": JSON.stringify({ args: [repr], kwargs: {} }),
    "traceloop.entity.output": JSON.stringify(output),
  };
  sayTurn({ scope: { name: scope }, attributes, startNs: 1n, endNs: 2n } as unknown as Span, voice);
  return said;
}

test("reads the answer and the tools of a turn", () => {
  const item = { type: "function_call", call_id: "c1", name: "find_guest", arguments: '{"id": ' };
  const [call] = calls({ output: [JSON.stringify(item)], usage: {} });
  expect(call?.tools).toEqual([
    {
      name: "find_room",
      description: null,
      schema: { properties: { id: { type: "string" } }, additionalProperties: false },
    },
  ]);
  expect(call?.answer?.message.calls).toEqual([{ id: "c1", name: "find_guest", argumentsRaw: '{"id": ' }]);
});

test("says nothing of spans without an answer, or of other tracers", () => {
  expect(calls({ output: [] })).toEqual([]);
  expect(calls({ output: "free" })).toEqual([]);
  expect(calls({ output: ['{"type": "message", "role": "assistant", "content": "x"}'] }, "crewai")).toEqual([]);
});
