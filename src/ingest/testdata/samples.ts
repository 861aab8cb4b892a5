import { readFileSync } from "node:fs";

/** One source of each format: the bytes, and what comes out, record by record (`span NAME`, `exchange N messages`). */
export interface Sample {
  format: string;
  bytes: Uint8Array;
  records: string[];
}

const file = (name: string): Uint8Array => readFileSync(new URL(name, import.meta.url));
const capture = (name: string): Uint8Array => readFileSync(new URL(`../../../test/captures/${name}`, import.meta.url));
const json = (value: unknown, indent = 0): Uint8Array => new TextEncoder().encode(JSON.stringify(value, null, indent));
const lines = (...values: unknown[]): Uint8Array =>
  new TextEncoder().encode(values.map((value) => `${JSON.stringify(value)}\n`).join(""));
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

const TRACE = "5982fe77008310cc80f1da5e10147538";
const CHAT = {
  model: "gpt-4o",
  messages: [{ role: "user", content: "State of C-1?" }],
  tools: [{ type: "function", function: { name: "get_claim", parameters: { type: "object" } } }],
};
const ANSWER = {
  id: "x",
  object: "chat.completion",
  model: "gpt-4o",
  choices: [
    {
      index: 0,
      finish_reason: "tool_calls",
      message: {
        role: "assistant",
        content: null,
        tool_calls: [
          { id: "call_1", type: "function", function: { name: "get_claim", arguments: '{"claimId": "C-1"}' } },
        ],
      },
    },
  ],
};
const HISTORY = [
  ...CHAT.messages,
  ANSWER.choices[0]?.message,
  { role: "tool", tool_call_id: "call_1", content: "not found" },
];

export const SAMPLES: Sample[] = [
  {
    format: "otlp-json",
    bytes: capture("ag2@1.2.1/unknown-tool+native/traces.jsonl"),
    records: [
      "span chat gpt-4o",
      "span record_usage model_call",
      "span chat gpt-4o",
      "span record_usage model_call",
      "span invoke_agent claims-agent",
    ],
  },
  {
    format: "otlp-proto",
    bytes: file("../otlp/testdata/openai-otel-v2.logs.pb"),
    records: ["otel-log gen_ai.user.message", "otel-log gen_ai.choice"],
  },
  {
    format: "jaeger",
    bytes: json({
      data: [
        {
          traceID: TRACE,
          spans: [
            {
              traceID: TRACE,
              spanID: "90394f6bcffb5d13",
              operationName: "execute_tool x",
              references: [{ refType: "CHILD_OF", traceID: TRACE, spanID: "a" }],
              startTime: 1795523022993296,
              duration: 1000,
              tags: [
                { key: "otel.status_code", type: "string", value: "ERROR" },
                { key: "n", type: "int64", value: "7" },
              ],
              logs: [
                {
                  timestamp: 1795523022993300,
                  fields: [
                    { key: "event", type: "string", value: "exception" },
                    { key: "exception.type", type: "string", value: "KeyError" },
                  ],
                },
              ],
              processID: "p1",
            },
          ],
          processes: { p1: { serviceName: "orders", tags: [] } },
        },
      ],
    }),
    records: ["span execute_tool x"],
  },
  { format: "zipkin", bytes: file("zipkin.json"), records: ["span ai.toolCall"] },
  {
    format: "clickhouse",
    bytes: lines({
      Timestamp: "2026-11-24 12:00:00.123456789",
      TraceId: TRACE,
      SpanId: "90394f6bcffb5d13",
      ParentSpanId: "",
      SpanName: "chat gpt-4o",
      SpanKind: "Client",
      ServiceName: "orders",
      SpanAttributes: { "gen_ai.operation.name": "chat" },
      Duration: 5,
      StatusCode: "Error",
      "Events.Timestamp": [],
      "Events.Name": [],
      "Events.Attributes": [],
    }),
    records: ["span chat gpt-4o"],
  },
  {
    format: "console-python",
    bytes: file("console-python.txt"),
    records: ["span execute_tool get_claim", "span invoke_agent x"],
  },
  { format: "console-js", bytes: file("console-js.txt"), records: ["span ai.toolCall", "span ai.generateText"] },
  {
    format: "langfuse",
    bytes: json(
      {
        trace: { id: TRACE, sessionId: "s" },
        observations: [
          {
            id: "a1b2",
            traceId: TRACE,
            type: "TOOL",
            name: "get_claim",
            startTime: "2026-11-24T12:00:00.000Z",
            parentObservationId: null,
            input: '{"claimId":"C-1"}',
            output: "not found",
            level: "ERROR",
            statusMessage: "no such claim",
            metadata: '{"attributes":{"gen_ai.tool.call.id":"call_1"}}',
          },
        ],
      },
      2,
    ),
    records: ["span get_claim"],
  },
  {
    format: "phoenix",
    bytes: lines({
      name: "ChatOpenAI",
      context: { trace_id: TRACE, span_id: "90394f6bcffb5d13" },
      span_kind: "LLM",
      parent_id: null,
      start_time: "2026-11-24T12:00:00+00:00",
      status_code: "OK",
      attributes: {
        llm: {
          input_messages: [{ message: { role: "user", content: "hi" } }],
          tools: [{ tool: { json_schema: { type: "function", function: { name: "f" } } } }],
        },
      },
      events: [],
    }),
    records: ["span ChatOpenAI"],
  },
  {
    format: "langsmith",
    bytes: lines({
      id: "01a20d77-2d13-772a-b691-81779f97a7b2",
      trace_id: "01a20d77-2d13-772a-b691-81779f97a7b2",
      run_type: "chain",
      name: "LangGraph",
      start_time: "2026-11-24T12:00:00.000000",
      inputs: {},
      child_runs: [
        {
          id: "01a20d77-2d13-772a-b691-81779f97a7b3",
          trace_id: "01a20d77-2d13-772a-b691-81779f97a7b2",
          run_type: "tool",
          name: "get_claim",
          inputs: { input: "{}" },
          error: "KeyError('C-1')\n\nTraceback (most recent call last):\n",
        },
      ],
    }),
    records: ["span LangGraph", "span get_claim"],
  },
  {
    format: "logfire",
    bytes: json({
      columns: ["trace_id", "span_id", "span_name", "start_timestamp", "otel_status_code", "attributes"].map(
        (name, i) => ({
          name,
          values: [[TRACE, "90394f6bcffb5d13", "chat gpt-4o", "2026-11-24T12:00:00Z", "ERROR", "{}"][i]],
        }),
      ),
    }),
    records: ["span chat gpt-4o"],
  },
  {
    format: "mlflow",
    bytes: json({
      info: { trace_id: `tr-${TRACE}`, trace_metadata: { "mlflow.trace.session": "s" } },
      data: {
        spans: [
          {
            trace_id: `tr-${TRACE}`,
            span_id: "90394f6bcffb5d13",
            parent_span_id: null,
            name: "get_claim",
            start_time_unix_nano: "1795523022993296057",
            status: { code: "STATUS_CODE_ERROR", message: "m" },
            attributes: { "mlflow.spanType": '"TOOL"' },
            events: [],
          },
        ],
      },
    }),
    records: ["span get_claim"],
  },
  {
    format: "monocle",
    bytes: json({
      trace_id: TRACE,
      spans: [
        {
          span_name: "StructuredTool._run",
          span_id: "90394f6bcffb5d13",
          trace_id: TRACE,
          parent_id: null,
          status: { code: "ok" },
          attributes: {
            entity: [{ name: "get_claim", type: "tool.langgraph" }],
            "monocle_apptrace.version": "0.8.0",
            "span.type": "agentic.tool.invocation",
          },
          events: [],
        },
      ],
    }),
    records: ["span StructuredTool._run"],
  },
  {
    format: "openai-agents",
    bytes: json({
      data: [
        { object: "trace", id: `trace_${TRACE}`, workflow_name: "w" },
        {
          object: "trace.span",
          id: "span_5982fe77008310cc80f1da5e",
          trace_id: `trace_${TRACE}`,
          parent_id: null,
          started_at: "2026-11-24T12:00:00+00:00",
          ended_at: null,
          span_data: { type: "function", name: "get_claim", input: "{}", output: "x" },
          error: { message: "Error running tool", data: { tool_name: "get_claim", error: "m" } },
        },
      ],
    }),
    records: ["span get_claim"],
  },
  {
    format: "exchanges",
    bytes: capture("autogen@0.7.5/orders-unknown-tool+native/requests.jsonl"),
    records: ["exchange 2 messages, 1 call"],
  },
  {
    format: "litellm",
    bytes: lines(
      {
        id: "x",
        call_type: "acompletion",
        model: "gpt-4o",
        messages: CHAT.messages,
        model_parameters: { tools: CHAT.tools },
        response: ANSWER,
        status: "success",
        startTime: 1795523022.99,
      },
      {
        id: "y",
        call_type: "acompletion",
        model: "gpt-4o",
        messages: CHAT.messages,
        model_parameters: {},
        status: "failure",
        error_str: "x",
        error_information: { error_code: "429", error_class: "RateLimitError", error_message: "Rate limit" },
      },
    ),
    records: ["exchange 1 messages, 1 call", "exchange 1 messages, error 429 Rate limit"],
  },
  {
    format: "har",
    bytes: json(
      {
        log: {
          version: "1.2",
          creator: {},
          entries: [
            {
              startedDateTime: "2026-11-24T12:00:00.000Z",
              request: { method: "GET", url: "https://example.com/" },
              response: { status: 200, content: {} },
            },
            {
              startedDateTime: "2026-11-24T12:00:00.000Z",
              request: {
                method: "POST",
                url: "https://api.openai.com/v1/chat/completions",
                postData: { text: JSON.stringify(CHAT) },
              },
              response: {
                status: 200,
                content: { text: Buffer.from(JSON.stringify(ANSWER)).toString("base64"), encoding: "base64" },
              },
            },
          ],
        },
      },
      1,
    ),
    records: ["exchange 1 messages, 1 call"],
  },
  {
    format: "vcr",
    bytes: text(
      `interactions:\n- request:\n    body: '${JSON.stringify(CHAT)}'\n    uri: https://api.openai.com/v1/chat/completions\n  response:\n    body:\n      string: '${JSON.stringify(ANSWER)}'\n    status:\n      code: 200\n`,
    ),
    records: ["exchange 1 messages, 1 call"],
  },
  {
    format: "autogen-messages",
    bytes: json([
      { source: "user", content: "State of C-1?", type: "TextMessage" },
      { source: "a", type: "ToolCallRequestEvent", content: [{ id: "call_1", name: "get_claim", arguments: "{}" }] },
      {
        source: "a",
        type: "ToolCallExecutionEvent",
        content: [{ content: "x", name: "get_claim", call_id: "call_1", is_error: true }],
      },
      { source: "a", type: "ToolCallSummaryMessage", content: "x" },
    ]),
    records: ["exchange 3 messages"],
  },
  {
    format: "autogen-state",
    bytes: json({
      type: "TeamState",
      agent_states: {
        "claims_agent/1": {
          agent_state: {
            type: "AssistantAgentState",
            llm_context: { messages: [{ type: "UserMessage", source: "user", content: "hi" }] },
          },
        },
        manager: { message_thread: [{ source: "user", content: "hi", type: "TextMessage" }] },
      },
    }),
    records: ["exchange 1 messages"],
  },
  { format: "transcript", bytes: json(HISTORY, 2), records: ["exchange 3 messages"] },
  { format: "transcript", bytes: lines(...HISTORY), records: ["exchange 3 messages"] },
  {
    format: "transcript",
    bytes: lines({ messages: HISTORY, tools: CHAT.tools }, { messages: CHAT.messages }),
    records: ["exchange 3 messages", "exchange 1 messages"],
  },
  {
    format: "transcript",
    bytes: json([
      { task_id: 0, reward: 1, traj: HISTORY },
      { task_id: 1, traj: HISTORY },
    ]),
    records: ["exchange 3 messages", "exchange 3 messages"],
  },
  {
    format: "transcript",
    bytes: lines(
      { type: "system", subtype: "init", session_id: "s" },
      { type: "user", message: { role: "user", content: "hi" }, sessionId: "s" },
      {
        type: "assistant",
        message: { role: "assistant", content: [{ type: "tool_use", id: "t1", name: "Bash", input: {} }] },
        sessionId: "s",
      },
      { type: "result", is_error: false },
    ),
    records: ["exchange 2 messages"],
  },
];
