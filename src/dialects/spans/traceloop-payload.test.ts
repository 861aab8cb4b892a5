import { expect, test } from "vitest";
import type { Span } from "../../records/records.ts";
import { historyOf, inputOf, kindOfProtocol, offersOf, toolOfProtocol } from "./traceloop-payload.ts";

const span = (scope: string, name: string, attributes: Record<string, unknown>): Span =>
  ({ scope: { name: `opentelemetry.instrumentation.${scope}` }, name, attributes }) as unknown as Span;

test("a call of MCP is named by the request of the protocol", () => {
  const call = span("mcp.instrumentation", "tools/call.mcp", {
    "traceloop.entity.input": '{"method":"tools/call","params":{"name":"find_room","arguments":{"id":"2"}}}',
  });
  expect([kindOfProtocol(call), toolOfProtocol(call)]).toEqual(["tool", "find_room"]);
  expect(kindOfProtocol(span("mcp.instrumentation", "tools/list.mcp", {}))).toBeUndefined();
});

test("reads LlamaIndex' steps", () => {
  const call = span("llamaindex", "call_tool.task", {
    "traceloop.entity.output": JSON.stringify('{"tool_name":"find_room","tool_kwargs":{"id":"2"},"tool_id":"c1"}'),
  });
  expect([kindOfProtocol(call), toolOfProtocol(call), inputOf(call)]).toEqual(["tool", "find_room", { id: "2" }]);
  const asked = { role: "user", blocks: [{ block_type: "text", text: "free?" }] };
  const model = span("llamaindex", "OpenAI.task", {
    "traceloop.span.kind": "task",
    "traceloop.entity.input": JSON.stringify({
      messages: [JSON.stringify(asked)],
      kwargs: { tools: [{ type: "function", function: { name: "find_room", parameters: {} } }] },
    }),
  });
  expect(kindOfProtocol(model)).toBe("model");
  expect(historyOf(model)?.map(({ role }) => role)).toEqual(["user"]);
  expect(offersOf(model)?.map(({ name }) => name)).toEqual(["find_room"]);
});

test("leaves others' spans alone", () => {
  const other = span("crewai", "call_tool.task", { "traceloop.entity.output": '"{}"' });
  expect([kindOfProtocol(other), toolOfProtocol(other), inputOf(other), historyOf(other), offersOf(other)]).toEqual([
    undefined,
    null,
    undefined,
    null,
    null,
  ]);
});
