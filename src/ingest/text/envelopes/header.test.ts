import { describe, expect, it } from "vitest";
import { startsRecord } from "./header.ts";

describe("startsRecord", () => {
  it.each([
    "2026-11-24 12:18:21,376 - httpx - INFO - HTTP Request",
    "2026-11-24T12:32:10.667Z stdout F x",
    "[2026-11-24 12:17:36 +0000] [123] [ERROR] x",
    "2026-11-24 12:14:55.419 | ERROR    | __main__:f:20 - x",
    "2026-11-25T19:10:16.063913Z [info     ] tool called    tool=x",
    "INFO:httpx2:HTTP Request",
    'INFO:     127.0.0.1:36336 - "POST /mcp HTTP/1.1" 200 OK',
    "ERROR    agent.tools:tools.py:12 failed",
    "E1124 12:32:10.667123   123 tool.cc:12] failed",
    "[11/24/26 12:32:11] INFO     Tool 'get_outlook' rejected           server.py:450",
    "                    WARNING  second                                gen.py:64",
    "[12:23:43.487] WARN (29573): tool error",
    "[ERROR] failed",
    '{"level":30,"time":1795523530667,"pid":1,"msg":"x"}',
    '{"event": "x", "level": "info"}',
    '{"type": "ToolCall", "tool_name": "x"}',
    '{"payload": "{}", "sender": null, "kind": "MessageKind.PUBLISH"}',
    '{"tools": [], "type": "LLMCall"}',
    "level=info msg=x",
    "<11>Nov 24 12:32:11 vm agent: x",
    "---------- ToolCallRequestEvent (weather_agent) ----------",
    "---------- user ----------",
    ">>>>>>>> EXECUTING FUNCTION get_claim...",
    "***** Suggested tool call (call_1): get_claim *****",
    "***** Response from calling tool (call_1) *****",
    "user_proxy (to assistant):",
    "================================== Ai Message ==================================",
    "/app/run.py:28: RuntimeWarning: coroutine 'x' was never awaited",
    "##[error]Process completed with exit code 1.",
  ])("%s", (line) => {
    expect(startsRecord(line)).toBe(true);
  });

  it.each([
    "Traceback (most recent call last):",
    '  File "a.py", line 1, in f',
    "    raise ValueError(x)",
    "    ^^^^^^^^^^^^^^^^^^^",
    "ValueError: INFO is not a level",
    "openai.BadRequestError: Error code: 400 - {'error': {}}",
    "During handling of the above exception, another exception occurred:",
    "  + Exception Group Traceback (most recent call last):",
    "  | ExceptionGroup: x (1 sub-exception)",
    "  +-+---------------- 1 ----------------",
    "    +------------------------------------",
    "    at f (a.js:1:2)",
    "  code: 'ECONNREFUSED',",
    "}",
    "{",
    '{"claim_id": "CL-1"}',
    "Arguments: ",
    "--------------------------------------------------------------------------------",
    "╭─ Traceback (most recent call last) ─╮",
    "claim_id",
    "  Field required [type=missing, input_value={}, input_type=dict]",
    "    For further information visit https://errors.pydantic.dev/2.14/v/missing",
    "12:30 lunch",
    "[FunctionCall(id='call_1', arguments='{}', name='x')]",
    "[",
    "INFO is what you get",
    "",
  ])("not: %s", (line) => {
    expect(startsRecord(line)).toBe(false);
  });

  it("is quick on huge lines", () => {
    const started = performance.now();
    for (const line of [" ".repeat(1e6), "2026-11-24 ".repeat(1e5), `{"${"a".repeat(1e6)}`, "a=".repeat(5e5)])
      startsRecord(line);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
