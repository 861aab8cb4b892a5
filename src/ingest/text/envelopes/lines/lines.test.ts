import { describe, expect, it } from "vitest";
import { unwrap } from "../unwrap.ts";

interface Sample {
  name: string;
  line: string;
  text: string;
  level?: string | null;
  logger?: string | null;
  fields?: Record<string, unknown>;
  exception?: string;
  ids?: Record<string, string>;
}

const SAMPLES: Sample[] = [
  {
    name: "python-logging",
    line: "INFO:httpx2:HTTP Request: POST",
    text: "HTTP Request: POST",
    level: "info",
    logger: "httpx2",
  },
  { name: "python-logging", line: "Level 25:a.b:x", text: "x", level: "info", logger: "a.b" },
  {
    name: "pytest",
    line: "ERROR    agent.tools:tools.py:12 failed",
    text: "failed",
    level: "error",
    logger: "agent.tools",
  },
  { name: "glog", line: "E1124 12:32:10.667123   123 tool.cc:12] failed", text: "failed", level: "error" },
  {
    name: "uvicorn",
    line: "ERROR:    Exception in ASGI application",
    text: "Exception in ASGI application",
    level: "error",
    logger: "uvicorn.error",
  },
  {
    name: "uvicorn",
    line: 'INFO:     127.0.0.1:36336 - "POST /mcp HTTP/1.1" 404 Not Found',
    text: '127.0.0.1:36336 - "POST /mcp HTTP/1.1" 404 Not Found',
    level: "info",
    logger: "uvicorn.access",
    fields: { client: "127.0.0.1:36336", method: "POST", path: "/mcp", status: 404 },
  },
  { name: "level", line: "ERROR: no such tool", text: "no such tool", level: "error" },
  {
    name: "loguru",
    line: "2026-11-24 12:14:55.419 | ERROR    | __main__:<module>:20 - order agent failed",
    text: "order agent failed",
    level: "error",
    logger: "__main__",
    fields: { function: "<module>", line: "20" },
  },
  {
    name: "structlog-console",
    line: "2026-11-25T19:10:16.063913Z [info     ] tool called                    args={'order_id': 'O 1'} note=\"it's fine\" tool=get_order",
    text: "tool called",
    level: "info",
    fields: { args: "{'order_id': 'O 1'}", note: "it's fine", tool: "get_order" },
    ids: { tool: "get_order" },
  },
  {
    name: "structlog-console",
    line: "2026-11-25T19:10:16.064041Z [error    ] tool failed                    error=ValueError(\"no such order 'x'\")",
    text: "tool failed",
    level: "error",
    exception: "ValueError(\"no such order 'x'\")",
  },
  {
    name: "structlog-console",
    line: "2026-11-25 19:10.16 [error    ] boom                           [agent.tools] tool=x",
    text: "boom",
    level: "error",
    logger: "agent.tools",
  },
  {
    name: "structlog-console",
    line: "2026-11-25T19:10:16.064095Z [warning  ] plain event without pairs",
    text: "plain event without pairs",
    level: "warn",
  },
  {
    name: "logfmt",
    line: 'time=2026-11-24T12:32:10Z level=ERROR msg="tool \\"x\\" failed" tool_call_id=call_1 err="no such order"',
    text: 'tool "x" failed',
    level: "error",
    exception: "no such order",
    ids: { callId: "call_1" },
  },
  {
    name: "pino-pretty",
    line: '[12:23:43.487] WARN (claims/29573): tool error\n    tool: "getWeatherForecast"\n    err: "Model tried to call unavailable tool"',
    text: 'tool error\n    tool: "getWeatherForecast"\n    err: "Model tried to call unavailable tool"',
    level: "warn",
    logger: "claims",
    fields: { tool: "getWeatherForecast", err: "Model tried to call unavailable tool" },
    ids: { tool: "getWeatherForecast" },
  },
  {
    name: "pino-pretty",
    line: "[1795523413394] ERROR (18542): completion failed",
    text: "completion failed",
    level: "error",
  },
  {
    name: "pino-pretty",
    line: "ERROR [2026-11-24 12:23:43.487 +0000] (Mastra): failed",
    text: "failed",
    level: "error",
    logger: "Mastra",
  },
  {
    name: "lambda",
    line: "[ERROR]\t2026-11-24T12:32:10.667Z\t8f5f1a0e-1111-2222-3333-444455556666\tfailed",
    text: "failed",
    level: "error",
    ids: { run: "8f5f1a0e-1111-2222-3333-444455556666" },
  },
  {
    name: "lambda",
    line: "2026-11-24T12:32:10.667Z\t8f5f1a0e-1111-2222-3333-444455556666\tERROR\tfailed",
    text: "failed",
    level: "error",
  },
  {
    name: "github-actions",
    line: "##[error]Process completed with exit code 1.",
    text: "Process completed with exit code 1.",
    level: "error",
  },
  {
    name: "github-actions",
    line: "::error file=run.py,line=3::TypeError: x%0Asecond",
    text: "TypeError: x\nsecond",
    level: "error",
  },
  {
    name: "winston",
    line: 'error: tool failed {"tool":"x","toolCallId":"call_1","stack":"Error: 400\\n    at a (b.js:1:2)"}',
    text: "tool failed",
    level: "error",
    exception: "Error: 400\n    at a (b.js:1:2)",
    ids: { callId: "call_1", tool: "x" },
  },
];

describe("log lines", () => {
  it.each(SAMPLES)("$name: $line", (sample) => {
    const record = unwrap(sample.line);
    expect(record.envelopes).toEqual([sample.name]);
    expect(record.text).toBe(sample.text);
    expect(record.lineOf).toHaveLength(record.text.split("\n").length);
    if (sample.level !== undefined) expect(record.level).toBe(sample.level);
    if (sample.logger !== undefined) expect(record.logger).toBe(sample.logger);
    if (sample.fields !== undefined) expect(record.fields).toMatchObject(sample.fields);
    if (sample.exception !== undefined) expect(record.exception).toBe(sample.exception);
    if (sample.ids !== undefined) expect(record.ids).toEqual(sample.ids);
  });

  it.each([
    "error: something",
    "info: plain",
    "a=1",
    "x=1 y=2",
    "Note: INFO: x",
    "WARNING: ",
    "nothing=here but words",
  ])("leaves alone: %s", (line) => {
    expect(unwrap(line)).toMatchObject({ text: line, envelopes: [] });
  });

  it("takes no error at the end of a sentence for a level", () => {
    for (const text of ["agent failed: OpenAI API error: 401 Unauthorized", "tool x returned an error: no depot H"])
      expect(unwrap(`2026/11/26 02:09:43 ${text}`)).toMatchObject({ text, level: null });
    expect(unwrap("2026/11/26 02:09:43 worker error: no depot H")).toMatchObject({
      text: "no depot H",
      level: "error",
    });
    expect(unwrap("2026/11/26 02:09:43 a b ERROR: no depot H")).toMatchObject({ text: "no depot H", level: "error" });
  });

  it("joins the columns of a RichHandler", () => {
    const record = unwrap(
      [
        "[11/24/26 12:32:11] INFO     Tool 'get_outlook' rejected           server.py:450",
        "                             arguments: ['days']                                ",
      ].join("\n"),
    );
    expect(record).toMatchObject({
      text: "Tool 'get_outlook' rejected arguments: ['days']",
      level: "info",
      envelopes: ["rich"],
    });
    expect(record.lineOf).toEqual([0]);
    expect(record.fields).toEqual({ file: "server.py:450" });
  });

  it("reads a RichHandler's line whose time is blank", () => {
    const record = unwrap("                    ERROR    tool measure failed: Invalid           common.py:67");
    expect(record).toMatchObject({ text: "tool measure failed: Invalid", level: "error", envelopes: ["rich"] });
  });
});
