import { expect, test } from "vitest";
import { log, say } from "./log.fixture.ts";

const user = log({ eventName: "gen_ai.user.message", body: { content: "hi" } });
const tool = log({ attributes: { "event.name": "gen_ai.tool.message" }, body: { id: "c0", content: "not found" } });
const choice = log({
  eventName: "gen_ai.choice",
  body: {
    index: 0,
    finish_reason: "tool_calls",
    message: { tool_calls: [{ id: "c1", type: "function", function: { name: "f", arguments: "{}" } }] },
  },
});

test("the messages of one span are one request, said with its answer", () => {
  expect(say(user, tool, choice)).toEqual({
    lines: ['shown c0 "not found"', "answered tool_calls", "requested c1 f {}"],
    texts: ["tool-result null not found", "tool-result null not found", "arguments null {}"],
    read: [true, true, true],
  });
  expect(say(user, tool, { ...choice, spanId: "1111111111111111" }).lines).toEqual([
    "answered tool_calls",
    "requested c1 f {}",
  ]);
});

test("Semantic Kernel logs each message as JSON", () => {
  const kernel = (name: string, body: unknown) =>
    log({ attributes: { "event.name": name, "gen_ai.system": "openai" }, body: JSON.stringify(body) });
  const call = { id: "c1", type: "function", function: { name: "claims-get", arguments: "{}" } };
  expect(
    say(
      kernel("gen_ai.tool.message", { role: "tool", content: "no claim", tool_call_id: "c0" }),
      kernel("gen_ai.choice", { message: { role: "assistant", tool_calls: [call] }, finish_reason: "tool_calls" }),
    ).lines,
  ).toEqual(['shown c0 "no claim"', "answered tool_calls", "requested c1 claims-get {}"]);
});

test("calls outside of the message, structured results", () => {
  const outside = log({
    eventName: "gen_ai.choice",
    body: {
      finish_reason: "stop",
      message: {},
      tool_calls: [{ id: "c2", function: { name: "g", arguments: { a: 1 } } }],
    },
  });
  expect(say(outside).lines).toEqual(["answered stop", 'requested c2 g {"a":1}']);
  expect(say(log({ eventName: "gen_ai.tool.message", body: { id: "c0", content: { error: "x" } } })).texts).toEqual([
    'tool-result null {"error":"x"}',
  ]);
});

test("the event of 1.37 holds the whole request", () => {
  const event = log({
    eventName: "gen_ai.client.inference.operation.details",
    attributes: {
      "gen_ai.output.messages": [
        {
          role: "assistant",
          parts: [{ type: "tool_call", id: "c1", name: "f", arguments: {} }],
          finish_reason: "tool_call",
        },
      ],
    },
  });
  expect(say(event).lines).toEqual(["answered tool_calls", "requested c1 f {}"]);
});

test("Mastra's error logs, exceptions of any event, and what is neither", () => {
  const mastra = log({
    severity: 17,
    body: "x is undefined",
    attributes: {
      "mastra.log.errorId": "TOOL_EXECUTION_FAILED",
      "mastra.log.tool": "f",
      "mastra.log.details": '{"errorMessage":"TypeError: x is undefined"}',
    },
  });
  expect(say(mastra)).toMatchObject({
    lines: ["executed null f null failed TypeError"],
    texts: ["exception true TypeError: x is undefined"],
  });
  const exception = log({
    severity: 17,
    body: { a: 1 },
    attributes: { "exception.type": "KeyError", "exception.message": "'x'" },
  });
  expect(say(exception).texts).toEqual(["exception true KeyError: 'x'"]);
  expect(say(log({ body: { hello: 1 } })).read).toEqual([false]);
});
