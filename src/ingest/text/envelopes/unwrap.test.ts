import { describe, expect, it } from "vitest";
import { unwrap } from "./unwrap.ts";

const docker = (log: string) => JSON.stringify({ log, stream: "stdout", time: "2026-11-24T12:32:10.667Z" });
const pino = (msg: string) => JSON.stringify({ level: 50, time: 1795523530000, pid: 1, msg });

describe("unwrap", () => {
  it("leaves a bare text as it is", () => {
    const text = 'Traceback (most recent call last):\n  File "a.py", line 1, in f\nKeyError: 1';
    expect(unwrap(text)).toEqual({
      text,
      exception: null,
      lineOf: [0, 1, 2],
      time: null,
      level: null,
      logger: null,
      fields: {},
      envelopes: [],
      ids: {},
    });
  });

  it("peels one envelope out of the other, the inner one wins", () => {
    const record = unwrap(docker(`${pino("first\nsecond")}\n`));
    expect(record).toMatchObject({
      text: "first\nsecond",
      lineOf: [0, 0],
      level: "error",
      envelopes: ["docker-json", "pino"],
    });
    expect(record.time).toBe(1795523530000000000n);
    expect(record.fields).toEqual({ stream: "stdout", pid: 1 });
  });

  it("peels a log line inside a transport, but not inside a logger's own message", () => {
    expect(unwrap(docker("ERROR:agent:x")).envelopes).toEqual(["docker-json", "python-logging"]);
    expect(unwrap(pino("ERROR:agent:x"))).toMatchObject({ text: "ERROR:agent:x", envelopes: ["pino"] });
  });

  it("peels a JSON string inside a message", () => {
    const record = unwrap(
      `2026-11-24 12:32:10,667 - agent - INFO - {"event": "tool_result", "level": "error", "tool": "x"}`,
    );
    expect(record).toMatchObject({
      text: "tool_result",
      level: "error",
      envelopes: ["asctime", "structlog"],
      ids: { tool: "x" },
    });
  });

  it("stops after four", () => {
    let text = pino("deep");
    for (let i = 0; i < 6; i++) text = docker(text);
    expect(unwrap(text).envelopes).toEqual(["docker-json", "docker-json", "docker-json", "docker-json"]);
  });

  it("takes Lambda's carriage returns for line breaks", () => {
    const record = unwrap(
      "[ERROR]\t2026-11-24T12:32:10.667Z\t8f5f1a0e-1111-2222-3333-444455556666\tboom\rTraceback (most recent call last):\rKeyError: 1",
    );
    expect(record.text).toBe("boom\nTraceback (most recent call last):\nKeyError: 1");
    expect(record.lineOf).toEqual([0, 0, 0]);
  });

  it("peels prefixes that are still there", () => {
    expect(unwrap("[pod/api/app] INFO:httpx2:x").envelopes).toEqual(["kubectl", "python-logging"]);
    expect(unwrap("2026-11-24T12:32:10.6670000Z ##[error]TypeError: x")).toMatchObject({
      text: "TypeError: x",
      level: "error",
    });
    // That form needs its neighbours.
    expect(unwrap("Billing | Invoice I-8 is paid").envelopes).toEqual([]);
  });

  it("reads the ids of a record", () => {
    const { ids } = unwrap(
      JSON.stringify({
        level: "info",
        message: "x",
        timestamp: "2026-11-24T12:32:10.667Z",
        traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        run_id: 17,
        extra: {
          toolCallId: "call_1",
          "gen_ai.tool.name": "get_claim",
          agent: "claims",
          "gen_ai.request.model": "gpt-4o",
          thread_id: "t-1",
        },
      }),
    );
    expect(ids).toEqual({
      traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
      spanId: "00f067aa0ba902b7",
      run: "17",
      callId: "call_1",
      tool: "get_claim",
      agent: "claims",
      model: "gpt-4o",
      conversation: "t-1",
    });
  });

  it("takes no placeholder for an id", () => {
    const fields = {
      level: "info",
      msg: "x",
      otelTraceID: "0",
      otelSpanID: "0000000000000000",
      tool_call_id: "unknown",
      thread_id: 139872,
    };
    expect(unwrap(JSON.stringify(fields)).ids).toEqual({});
  });

  it("is bounded on hostile input", () => {
    const started = performance.now();
    const texts = [
      `{"a":${"[".repeat(1e6)}`,
      '{"a":'.repeat(1e5),
      `2026-11-24T12:00:00Z [info     ] a${" x".repeat(5e5)}`,
      `2026-11-24T12:00:00Z [info     ] ${" ".repeat(1e6)}`,
      `level=x ${"msg=( ".repeat(1e5)}`,
      `<34>1 a b c d e ${"[a".repeat(1e5)}`,
      `[11/24/26 12:00:00] INFO     ${`a\n${" ".repeat(29)}`.repeat(2e4)}`,
      "\n".repeat(2e5),
    ];
    for (const text of texts) expect(unwrap(text).text.length).toBeLessThanOrEqual(text.length);
    expect(performance.now() - started).toBeLessThan(6000);
  });
});
