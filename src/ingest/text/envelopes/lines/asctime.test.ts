import { describe, expect, it } from "vitest";
import { unwrap } from "../unwrap.ts";

/** Line, level, logger, message. */
const LINES: [string, string | null, string | null, string][] = [
  [
    "2026-11-24 12:18:21,376 - httpx - INFO - HTTP Request: POST http://x",
    "info",
    "httpx",
    "HTTP Request: POST http://x",
  ],
  ["2026-11-24 12:18:55,192 - autogen_core - ERROR - Error processing", "error", "autogen_core", "Error processing"],
  ["2026-11-24 12:18:55,192 - 4711 - MainThread - my.mod - ERROR - it - broke", "error", "my.mod", "it - broke"],
  ["2026-11-24 12:18:55,192 - INFO - my.mod - started", "info", "my.mod", "started"],
  ["2026-11-24 12:23:47,509 INFO httpx2: HTTP Request: POST", "info", "httpx2", "HTTP Request: POST"],
  ["2026-11-24 12:23:47,509 INFO httpx2 HTTP Request: POST", "info", "httpx2", "HTTP Request: POST"],
  ["2026-11-24 12:32:10,667 INFO travel offering 1 tools: x", "info", null, "travel offering 1 tools: x"],
  ["2026-11-24 12:21:47,143 [DEBUG] httpcore2.http11 - send.started", "debug", "httpcore2.http11", "send.started"],
  ["2026-11-24 12:17:36,500 [INFO] HTTP Request: POST", "info", null, "HTTP Request: POST"],
  ["2026-11-24 12:17:36,500 httpx INFO HTTP Request: POST", "info", "httpx", "HTTP Request: POST"],
  ["2026-11-24 12:17:36,500 INFO    ag2 | Agent turn started", "info", "ag2", "Agent turn started"],
  ["2026-11-24 12:17:36,500 | ERROR | agent | boom", "error", "agent", "boom"],
  [
    "[2026-11-24 12:17:36,500] ERROR in app: Exception on /run [POST]",
    "error",
    null,
    "in app: Exception on /run [POST]",
  ],
  [
    "[2026-11-24 12:17:36 +0000] [123] [ERROR] Exception in worker process",
    "error",
    null,
    "Exception in worker process",
  ],
  ["[2026-11-24 12:17:36,500: ERROR/ForkPoolWorker-1] Task tasks.run raised", "error", null, "Task tasks.run raised"],
  ["2026-11-24 12:17:36,500 [main] ERROR com.acme.Tools - failed", "error", "com.acme.Tools", "failed"],
  [
    "2026-11-24T12:17:36.500Z ERROR 123 --- [agent] [           main] c.acme.ToolRunner   : failed",
    "error",
    "c.acme.ToolRunner",
    "failed",
  ],
  ["2026-11-24T12:17:36.500Z error: tool failed", "error", null, "tool failed"],
  ["2026-11-24T12:17:36.500Z [error]: tool failed", "error", null, "tool failed"],
  ["2026-11-24 12:17:36,500 ERROR [agent.tools] [tools.py:12] - failed", "error", "agent.tools", "failed"],
  ["2026-11-24 12:17:36,500 ERROR [MCP][server] tool failed", "error", null, "[MCP][server] tool failed"],
  ["2026-11-24 12:17:36,500 [ERROR] [MCP] tool failed", "error", null, "[MCP] tool failed"],
  ["2026-11-24 12:17:36,500 ERROR [agent] [call_12] failed", "error", "agent", "[call_12] failed"],
  ["2026-11-24 12:17:36,500 ERROR [agent] [pool-1-thread-2] failed", "error", "agent", "failed"],
  ["[2026-11-24 12:17:36] [MCP][server] ERROR: failed", "error", "MCP", "failed"],
  ["2026-11-24 12:17:36,500 ERROR agent:tools.py:12 failed", "error", "agent", "failed"],
  ["ERROR 2026-11-24 12:17:36,500 agent failed", "error", null, "agent failed"],
  ["[ERROR] agent failed", "error", null, "agent failed"],
  ["[Nest] 123  - 11/24/2026, 12:17:36 PM   ERROR [ExceptionsHandler] boom", "error", "ExceptionsHandler", "boom"],
  ["2026/11/24 12:17:36 tool failed", null, null, "tool failed"],
  // An exception's name is the message, and a plain word is no logger.
  ["2026-11-24 12:17:36,500 ERROR ValueError: x", "error", null, "ValueError: x"],
  [
    "2026-11-24 12:17:36,500 ERROR openai.BadRequestError: Error code: 400",
    "error",
    null,
    "openai.BadRequestError: Error code: 400",
  ],
  ["2026-11-24 12:17:36,500 - root - ERROR - KeyError: 'x'", "error", "root", "KeyError: 'x'"],
  ["2026-11-24 12:17:36,500 error in tool x", null, null, "error in tool x"],
];

describe("lines with a time and a level", () => {
  it.each(LINES)("%s", (line, level, logger, text) => {
    const record = unwrap(line);
    expect([record.level, record.logger, record.text]).toEqual([level, logger, text]);
    expect(record.envelopes).toEqual(["asctime"]);
  });

  it("reads the fields that OpenTelemetry's logging instrumentation adds", () => {
    const line =
      "2026-11-24 12:17:36,500 ERROR [agent] [run.py:12] [trace_id=4BF92F3577B34DA6A3CE929D0E0E4736 span_id=00f067aa0ba902b7 resource.service.name=x trace_sampled=True] - failed";
    const record = unwrap(line);
    expect(record.text).toBe("failed");
    expect(record.ids).toEqual({ traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7" });
  });

  it("keeps the traceback behind the line", () => {
    const record = unwrap(
      '2026-11-24 12:17:36,500 - a - ERROR - boom\nTraceback (most recent call last):\n  File "a.py", line 1\nKeyError',
    );
    expect(record.text).toBe('boom\nTraceback (most recent call last):\n  File "a.py", line 1\nKeyError');
    expect(record.lineOf).toEqual([0, 1, 2, 3]);
    expect(record.time).toBe(1795522656500000000n);
  });

  it.each([
    "12:17:36 is the time",
    "Error: x",
    "ERROR handling of tools",
    "2026 was a good year",
    "[FunctionCall(id='c')]",
    "[1, 2, 3]",
  ])("leaves alone: %s", (line) => {
    expect(unwrap(line)).toMatchObject({ text: line, envelopes: [], level: null });
  });
});
