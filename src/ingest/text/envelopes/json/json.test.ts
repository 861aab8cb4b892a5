import { describe, expect, it } from "vitest";
import { unwrap } from "../unwrap.ts";
import { parseCut } from "./cut.ts";
import { parseObject } from "./parse.ts";

interface Sample {
  name: string;
  record: Record<string, unknown>;
  text: string;
  level?: string | null;
  logger?: string | null;
  time?: string | null;
  fields?: Record<string, unknown>;
  ids?: Record<string, string>;
  exception?: string | null;
}

const WHEN = "2026-11-24T12:32:10.667Z";

const SAMPLES: Sample[] = [
  {
    name: "pino",
    record: {
      level: 30,
      time: 1795523530667,
      pid: 1,
      hostname: "vm",
      name: "claims",
      tool: "quote",
      id: "call_1",
      msg: "tool called",
    },
    text: "tool called",
    level: "info",
    logger: "claims",
    time: WHEN,
    fields: { pid: 1, hostname: "vm", tool: "quote", id: "call_1" },
    ids: { tool: "quote", callId: "call_1" },
  },
  {
    name: "pino",
    record: {
      level: "error",
      time: WHEN,
      pid: 1,
      hostname: "vm",
      err: { type: "McpError", message: "timed out", code: -32001 },
      msg: "failed",
    },
    text: "failed",
    level: "error",
    time: WHEN,
    exception: "McpError: timed out\n    code: -32001",
  },
  {
    name: "bunyan",
    record: { name: "agent", hostname: "vm", pid: 1, level: 50, msg: "failed", time: WHEN, v: 0 },
    text: "failed",
    level: "error",
    logger: "agent",
    time: WHEN,
  },
  {
    name: "winston",
    record: {
      level: "error",
      message: "fetch failed",
      timestamp: WHEN,
      stack: "TypeError: fetch failed\n    at x (a.js:1:2)",
      cause: { code: "ECONNREFUSED" },
    },
    text: "fetch failed",
    level: "error",
    time: WHEN,
    exception: "TypeError: fetch failed\n    at x (a.js:1:2)\ncaused by: code: ECONNREFUSED",
  },
  {
    name: "structlog",
    record: {
      tool: "x",
      event: "turn_failed",
      level: "error",
      logger: "agent",
      timestamp: WHEN,
      exception: "Traceback (most recent call last):\nKeyError: 1",
    },
    text: "turn_failed",
    level: "error",
    logger: "agent",
    time: WHEN,
    fields: { tool: "x" },
    exception: "Traceback (most recent call last):\nKeyError: 1",
  },
  {
    name: "python-json",
    record: {
      asctime: "2026-11-24 12:32:10,667",
      levelname: "ERROR",
      name: "agent",
      message: "boom",
      exc_info: "KeyError: 'A'",
      tool_call_id: "call_1",
    },
    text: "boom",
    level: "error",
    logger: "agent",
    time: WHEN,
    exception: "KeyError: 'A'",
    ids: { callId: "call_1" },
  },
  {
    name: "ecs",
    record: {
      "@timestamp": WHEN,
      "log.level": "error",
      message: "boom",
      "ecs.version": "1.6.0",
      error: { type: "ValueError", message: "no order", stack_trace: '  File "a.py", line 1, in f\n    f()\n' },
      trace: { id: "4bf92f3577b34da6a3ce929d0e0e4736" },
    },
    text: "boom",
    level: "error",
    time: WHEN,
    exception: 'Traceback (most recent call last):\n  File "a.py", line 1, in f\n    f()\nValueError: no order',
    ids: { traceId: "4bf92f3577b34da6a3ce929d0e0e4736" },
  },
  {
    name: "gelf",
    record: {
      version: "1.1",
      host: "vm",
      short_message: "boom",
      full_message: "boom\nKeyError: 1",
      timestamp: 1795523530.667,
      level: 3,
      _tool_name: "x",
    },
    text: "boom",
    level: "error",
    time: WHEN,
    exception: "boom\nKeyError: 1",
    ids: { tool: "x" },
  },
  {
    name: "journald",
    record: {
      __REALTIME_TIMESTAMP: "1795523530667000",
      MESSAGE: [98, 111, 111, 109, 10, 120],
      PRIORITY: "3",
      SYSLOG_IDENTIFIER: "agent",
      _PID: "1",
    },
    text: "boom\nx",
    level: "error",
    logger: "agent",
    time: WHEN,
  },
  {
    name: "gcp",
    record: {
      insertId: "1",
      logName: "projects/p/logs/stderr",
      timestamp: WHEN,
      severity: "ERROR",
      jsonPayload: { message: "boom", tool: "x" },
      trace: "projects/p/traces/4bf92f3577b34da6a3ce929d0e0e4736",
    },
    text: "boom",
    level: "error",
    time: WHEN,
    ids: { tool: "x", traceId: "4bf92f3577b34da6a3ce929d0e0e4736" },
  },
  {
    name: "lambda",
    record: {
      timestamp: WHEN,
      level: "ERROR",
      requestId: "r-1",
      message: {
        errorType: "TypeError",
        errorMessage: "x is not a function",
        stackTrace: ["TypeError: x is not a function", "    at h (a.js:1:2)"],
      },
    },
    text: '{"timestamp":"2026-11-24T12:32:10.667Z","level":"ERROR","requestId":"r-1","message":{"errorType":"TypeError","errorMessage":"x is not a function","stackTrace":["TypeError: x is not a function","    at h (a.js:1:2)"]}}',
    level: "error",
    time: WHEN,
    exception: "TypeError: x is not a function\n    at h (a.js:1:2)",
    ids: { run: "r-1" },
  },
  {
    name: "otel-log",
    record: {
      body: "boom",
      severity_number: 17,
      severity_text: "ERROR",
      attributes: { "exception.type": "KeyError", "exception.message": "'A'" },
      timestamp: WHEN,
      trace_id: "0x4BF92F3577B34DA6A3CE929D0E0E4736",
    },
    text: "boom",
    level: "error",
    time: WHEN,
    exception: "KeyError: 'A'",
    ids: { traceId: "4bf92f3577b34da6a3ce929d0e0e4736" },
  },
  {
    name: "serilog",
    record: { "@t": WHEN, "@mt": "boom", "@l": "Error", "@x": "System.Exception: x" },
    text: "boom",
    level: "error",
    time: WHEN,
    exception: "System.Exception: x",
  },
  {
    name: "json",
    record: { ts: 1795523530.667, level: "error", logger: "agent", msg: "boom" },
    text: "boom",
    level: "error",
    logger: "agent",
    time: WHEN,
  },
  {
    name: "loguru",
    record: {
      text: "2026-11-24 12:32:10.667 | ERROR    | __main__:f:49 - boom\nTraceback (most recent call last):\nKeyError: 'A'\n",
      record: {
        exception: { type: "KeyError", value: "'A'", traceback: true },
        extra: { tool_call_id: "call_1" },
        level: { name: "ERROR", no: 40 },
        message: "boom",
        name: "__main__",
        time: { timestamp: 1795523530.667 },
      },
    },
    text: "boom",
    level: "error",
    logger: "__main__",
    time: WHEN,
    fields: { tool_call_id: "call_1" },
    exception: "Traceback (most recent call last):\nKeyError: 'A'",
    ids: { callId: "call_1" },
  },
];

describe("JSON records", () => {
  it.each(SAMPLES)("$name: $text", (sample) => {
    const record = unwrap(JSON.stringify(sample.record));
    expect(record.envelopes).toEqual([sample.name]);
    expect(record.text).toBe(sample.text);
    expect(record.exception).toBe(sample.exception ?? null);
    if (sample.level !== undefined) expect(record.level).toBe(sample.level);
    if (sample.logger !== undefined) expect(record.logger).toBe(sample.logger);
    if (sample.time != null) expect(record.time).toBe(BigInt(Date.parse(sample.time)) * 1_000_000n);
    if (sample.fields !== undefined) expect(record.fields).toEqual(sample.fields);
    if (sample.ids !== undefined) expect(record.ids).toEqual(sample.ids);
  });

  it("takes printed data for data: only its fields are read", () => {
    const line = '{"ok": false, "error": "503 Service Unavailable", "name": "reserve"}';
    expect(unwrap(line)).toMatchObject({ text: line, exception: null, level: null, logger: null, envelopes: ["json"] });
    expect(unwrap(line).fields).toEqual({ ok: false, error: "503 Service Unavailable", name: "reserve" });
  });

  it("leaves an AutoGen event whole", () => {
    const line =
      '{"type": "ToolCall", "tool_name": "get_claim", "arguments": {"claim_id": "C-1"}, "result": "open", "agent_id": null}';
    const record = unwrap(`INFO:autogen_core.events:${line}`);
    expect(record).toMatchObject({
      text: line,
      envelopes: ["python-logging", "autogen-event"],
      logger: "autogen_core.events",
    });
    expect(record.fields["arguments"]).toEqual({ claim_id: "C-1" });
    expect(record.ids.tool).toBe("get_claim");
  });

  it("reads an AutoGen event that goes on after streamed text", () => {
    const event = '{"type": "LLMStreamEnd", "response": {"finish_reason": "stop", "content": "It is not available."}}';
    const record = unwrap(`It is not available.${event}`);
    expect(record.text).toBe(event);
    expect(record.envelopes).toEqual(["printed", "autogen-event"]);
    expect(record.fields["printed"]).toBe("It is not available.");
  });

  it("gives the error inside an AutoGen message as exception", () => {
    const payload = JSON.stringify({
      error: {
        error_type: "RateLimitError",
        error_message: "429",
        traceback: "Traceback (most recent call last):\nopenai.RateLimitError: 429",
      },
    });
    const record = unwrap(
      JSON.stringify({
        payload,
        sender: null,
        kind: "MessageKind.PUBLISH",
        delivery_stage: "DeliveryStage.SEND",
        type: "Message",
      }),
    );
    expect(record.exception).toBe("Traceback (most recent call last):\nopenai.RateLimitError: 429");
  });

  it("reads pretty-printed records, and maps the message to its line", () => {
    const record = unwrap('{\n  "level": "error",\n  "time": 1795523530667,\n  "pid": 1,\n  "msg": "a\\nb"\n}');
    expect(record.text).toBe("a\nb");
    expect(record.lineOf).toEqual([4, 4]);
  });

  it("keeps what follows the object", () => {
    const record = unwrap(
      '{"level":50,"time":1795523530667,"pid":1,"msg":"a\\nb"}\nTraceback (most recent call last):\nKeyError: 1',
    );
    expect(record.text).toBe("a\nb\nTraceback (most recent call last):\nKeyError: 1");
    expect(record.lineOf).toEqual([0, 0, 1, 2]);
  });

  it("lays CloudWatch's documents out line by line", () => {
    const document = JSON.stringify(
      {
        events: [
          { timestamp: 1795523530667, message: "boom\nTraceback (most recent call last):\n" },
          { timestamp: 1795523530668, message: "KeyError: 1\n" },
        ],
        nextToken: "f/1",
      },
      null,
      4,
    );
    const record = unwrap(document);
    expect(record).toMatchObject({
      text: "boom\nTraceback (most recent call last):\nKeyError: 1",
      envelopes: ["cloudwatch"],
      fields: { nextToken: "f/1" },
    });
    expect(record.lineOf).toEqual([4, 4, 8]);
  });

  it("does not break on a message of very many lines", () => {
    const long = "x\n".repeat(300_000);
    const error = { exc_type: "E", exc_value: long, frames: [] };
    expect(
      unwrap(`${JSON.stringify({ level: "error", event: "x", exception: [error] })}\n${long}`).lineOf,
    ).toHaveLength(300_002);
  });

  it("reads what is whole of a record that was cut", () => {
    const line = JSON.stringify({
      level: 50,
      time: 1795523530667,
      pid: 1,
      tool: "x",
      msg: "TypeError: x\nis long",
    }).slice(0, -5);
    expect(unwrap(line)).toMatchObject({
      text: "TypeError: x\nis l",
      level: "error",
      envelopes: ["pino"],
      fields: { tool: "x" },
    });
  });
});

describe("parseObject and parseCut", () => {
  it("bounds depth and never throws", () => {
    expect(parseObject(`{"a":${"[".repeat(300)}${"]".repeat(300)}}`)).toBeNull();
    expect(parseObject(`{"a":${"[".repeat(100)}${"]".repeat(100)}}`)).not.toBeNull();
    expect(parseObject('{"a":}')).toBeNull();
    expect(parseObject("[1]")).toBeNull();
  });

  it("does not let a key reach the prototype", () => {
    const { fields } = unwrap('{"level":30,"time":1795523530667,"pid":1,"msg":"x","__proto__":{"polluted":true}}');
    expect(fields).toEqual({ pid: 1 });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it.each([
    [
      '{"a": 1, "b": "some text that is long enough to be worth it, and then it en',
      { a: 1, b: "some text that is long enough to be worth it, and then it en" },
    ],
    [
      '{"a": {"b": [1, 2, {"c": "some text that is long enough to be worth it \\u00',
      { a: { b: [1, 2, { c: "some text that is long enough to be worth it " }] } },
    ],
    [
      '{"a": "some text that is long enough to be worth it, so it is read", "b": tr',
      { a: "some text that is long enough to be worth it, so it is read" },
    ],
    ['{"a": "some text that is long enough to be worth it, so it is read"} and more', null],
    ["{'a': 'some text that is long enough to be worth it, so it is read', 'b': 1", null],
  ])("%s", (text, value) => {
    expect(parseCut(text)).toEqual(value);
  });
});
