import { describe, expect, test } from "vitest";
import { sniff } from "./sniff.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const told = (text: string, whole = true): string => sniff(bytes(text), whole).format;

const SPAN =
  '{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"orders"}}]},"scopeSpans":[{"scope":{"name":"autogen-core"},"spans":[';

describe("sniff", () => {
  test.each([
    ["otlp-json", `${SPAN}]}]}]}\n`],
    ["otlp-json", '{"resource_logs": []}'],
    ["otlp-json", '[{"resourceSpans": []}]'],
    ["otlp-json", '{"batches":[{"resource":{},"scopeSpans":[]}]}'],
    ["otlp-json", '{"trace":{"resourceSpans":[]},"status":"COMPLETE"}'],
    ["jaeger", '{"data":[{"traceID":"a1","spans":[{"operationName":"x"}],"processes":{}}]}'],
    ["zipkin", '[{"traceId":"5982fe77008310cc80f1da5e10147538","id":"90394f6bcffb5d13","name":"get"}]'],
    [
      "console-python",
      '{\n    "name": "execute_tool x",\n    "context": {"trace_id": "0x1", "span_id": "0x2"},\n    "kind": "SpanKind.INTERNAL"}\n{\n"name": "b"}',
    ],
    [
      "console-js",
      "{\n  resource: { attributes: {} },\n  instrumentationScope: { name: 'ai' },\n  traceId: '5982fe77008310cc80f1da5e10147538',\n",
    ],
    ["phoenix", '{"name":"ChatOpenAI","context":{"trace_id":"ab","span_id":"cd"},"span_kind":"LLM"}'],
    ["langsmith", '{"id":"1","run_type":"tool","trace_id":"2","inputs":{}}'],
    ["langfuse", '{"trace":{"id":"x"},"observations":[{"id":"o","traceId":"x","type":"TOOL"}]}'],
    ["mlflow", '{"info":{"trace_id":"tr-1"},"data":{"spans":[{"name":"x"}]}}'],
    ["openai-agents", '{"object":"trace.span","id":"span_1","trace_id":"trace_1","span_data":{"type":"function"}}'],
    ["har", '{"log":{"version":"1.2","creator":{"name":"x"},"entries":[]}}'],
    [
      "exchanges",
      '{"time":1,"method":"POST","path":"/v1/chat/completions","request":{"messages":[]},"status":200,"response":{}}',
    ],
    ["litellm", '{"id":"x","call_type":"acompletion","model_parameters":{},"messages":[]}'],
    ["autogen-messages", '[{"source":"user","content":"x","type":"TextMessage"}]'],
    ["autogen-state", '{"type":"TeamState","version":"1.0.0","agent_states":{}}'],
    ["patronus", '{"trace_id":"ab","spans":[{"span_id":"1","span_name":"x","span_attributes":{},"child_spans":[]}]}'],
    ["transcript", '{"info":{},"tasks":[],"simulations":[{"id":"1","messages":[{"role":"user","content":"hi"}]}]}'],
    ["transcript", '[{"role":"user","content":"hi"},{"role":"assistant","content":null,"tool_calls":[]}]'],
    ["transcript", '{"model":"gpt-4o","messages":[{"role":"user","content":"hi"}]}'],
    ["transcript", '{"contents":[{"role":"user","parts":[{"text":"x"}]}]}'],
    [
      "transcript",
      '{"type":"user","message":{"role":"user","content":"x"}}\n{"type":"assistant","message":{"role":"assistant","content":[]}}',
    ],
    ["langsmith", '{"post":[{"id":"1","run_type":"tool","trace_id":"2","inputs":{}}],"patch":[]}'],
    ["langsmith", '--b\r\nContent-Disposition: form-data; name="post.01a2157e-77d3-71c8-87f8-0b4421d4d4a6"\r\n\r\n{}'],
    ["langfuse", '{"batch":[{"id":"e","type":"span-create","timestamp":"x","body":{"id":"o","traceId":"t"}}]}'],
    ["langfuse", "id,traceId,type,startTime\no,t,TOOL,2026-11-24T12:00:00Z\n"],
    ["mlflow", '{"columns":["trace_id","trace"],"index":[0],"data":[["tr-1","{}"]]}'],
    [
      "phoenix",
      '{"name":{"90394f6bcffb5d13":"x"},"span_kind":{"90394f6bcffb5d13":"TOOL"},"context.trace_id":{"90394f6bcffb5d13":"t"}}',
    ],
    ["opik", '{"spans":[{"id":"1","trace_id":"2","type":"tool","start_time":"x","project_name":"p","source":"sdk"}]}'],
    ["braintrust", '{"rows":[{"id":"1","span_id":"2","root_span_id":"3","_is_merge":true}],"api_version":2}'],
    [
      "weave",
      '{"batch":[{"mode":"start","req":{"start":{"id":"1","trace_id":"2","op_name":"x","started_at":"y","inputs":{}}}}]}',
    ],
    [
      "datadog",
      '[{"event_type":"span","spans":[{"span_id":"1","trace_id":"2","start_ns":3,"meta":{"span":{"kind":"tool"}}}]}]',
    ],
    [
      "cloudwatch",
      '{"events":[{"timestamp":1,"message":"{\\"traceId\\":\\"a\\",\\"spanId\\":\\"b\\",\\"durationNano\\":1,\\"attributes\\":{}}"}]}',
    ],
    [
      "xray",
      '{"Traces":[{"Segments":[{"Document":"{\\"trace_id\\":\\"1-6b079bb0-1066016f83e9c2c578c6e2bc\\",\\"start_time\\":1}"}]}]}',
    ],
    ["google-trace", '{"projectId":"p","traceId":"a","spans":[{"spanId":"1","name":"x","startTime":"y","labels":{}}]}'],
    ["vcr", "interactions:\n- request:\n    body: '{}'\n"],
  ])("tells %s", (format, text) => {
    expect(told(text)).toBe(format);
  });

  test.each([
    ["", "empty"],
    [
      '{"level":30,"time":1795524061012,"pid":26225,"msg":"model answered","messages":[{"role":"user","content":"x"}]}',
      "pino",
    ],
    ['{"event":"answered","level":"info","role":"user","content":"x"}', "structlog"],
    ['{"tools":[],"type":"LLMCall","messages":[{"role":"user","content":"x"}],"agent_id":null}', "AutoGen's event log"],
    ['---------- TextMessage (user) ----------\nWhere is O-20?\n{"resourceSpans":[]}', "a console with JSON in it"],
    [
      '{\n    "name": "x",\n    "context": {"trace_id": "0x1", "span_id": "0x2"},\n    "kind": "SpanKind.INTERNAL"}\nTraceback (most recent call last):\n',
      "console spans between other output",
    ],
    ['{"role":"user","content":"x"}\nERROR: it broke\n', "one message between other output"],
    ["\n\n\n\n\n\n\n\n\n\n\n\n\n\nhello\n", "blank lines, the byte of a protobuf field"],
    ["id,name,price\n1,tea,2\n", "a table of something else"],
    [
      '{"batch":[{"type":"a"}],"post":[{"id":1}],"spans":[{"name":"x"}],"rows":[{"a":1}]}',
      "keys that products have too",
    ],
    ["{not json", "broken"],
    ['{"a":1}', "some JSON"],
  ])("takes %j for text: %s", (text) => {
    expect(told(text)).toBe("text");
  });

  test("a document that is cut anywhere behind its first keys is told all the same", () => {
    for (let cut = 20; cut < SPAN.length; cut++) expect(told(SPAN.slice(0, cut), false)).toBe("otlp-json");
  });

  test("protobuf: one message, and length-prefixed as the Collector writes it", () => {
    // resource_spans { resource { attributes { key: "a" value { string_value: "b" } } } }
    const message = Uint8Array.from([
      0x0a, 0x0c, 0x0a, 0x0a, 0x0a, 0x08, 0x0a, 0x01, 0x61, 0x12, 0x03, 0x0a, 0x01, 0x62,
    ]);
    expect(sniff(message, true).format).toBe("otlp-proto");
    expect(sniff(Uint8Array.from([0, 0, 0, message.length, ...message]), true).format).toBe("otlp-proto");
    expect(sniff(Uint8Array.from([0, 0, 1, 0, 0x28, 0xb5, 0x2f, 0xfd, 0, 0]), false).format).toBe("otlp-proto");
  });

  test("any bytes: no throw", () => {
    let seed = 7;
    for (let round = 0; round < 500; round++) {
      const noise = Uint8Array.from({ length: round }, () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 8);
      expect(sniff(noise, true).format).toBeTypeOf("string");
    }
    // the signs that formats are told by, in any order
    const SIGNS = [
      "a",
      ",",
      '"',
      "\n",
      "{",
      "}",
      "[",
      "]",
      ":",
      "id",
      "trace_id",
      "run_type",
      "--x",
      "- request:",
      "1",
      " ",
    ];
    for (let round = 0; round < 3000; round++) {
      const pick = (): string => SIGNS[((seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 8) % SIGNS.length]!;
      expect(told(Array.from({ length: round % 60 }, pick).join(""), round % 2 === 0)).toBeTypeOf("string");
    }
    expect(told("[".repeat(70_000), false)).toBe("text");
    expect(told('{"a":'.repeat(20_000), false)).toBe("text");
  });
});
