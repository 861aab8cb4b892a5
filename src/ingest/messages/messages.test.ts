import { describe, expect, test } from "vitest";
import type { Message } from "../../records/records.ts";
import { answerOf } from "./answer.ts";
import { errorOf } from "./error.ts";
import { finishReasonOf } from "./finish.ts";
import { messagesOf } from "./messages.ts";
import { requestOf } from "./request.ts";
import { toolsOf } from "./tools.ts";

const message = (role: string, known: Partial<Message> = {}): Message => ({
  role,
  text: null,
  calls: [],
  results: [],
  ...known,
});
const ARGS = '{"claimId": "C-1"}';
const called = { id: "call_1", name: "get_claim", argumentsRaw: ARGS };
const parsed = { id: "call_1", name: "get_claim", argumentsRaw: '{"claimId":"C-1"}', parsed: true };
const result = (known: object = {}): object => ({
  callId: "call_1",
  tool: null,
  content: "not found",
  isError: null,
  ...known,
});

describe("messages of every form", () => {
  test.each<[string, unknown, unknown]>([
    [
      "OpenAI Chat",
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "call_1", type: "function", function: { name: "get_claim", arguments: ARGS } }],
      },
      message("assistant", { calls: [called] }),
    ],
    [
      "OpenAI Chat, old functions",
      { role: "assistant", content: null, function_call: { name: "get_claim", arguments: ARGS } },
      message("assistant", { calls: [{ ...called, id: null }] }),
    ],
    [
      "an OpenAI tool message",
      { role: "tool", tool_call_id: "call_1", content: "not found" },
      message("tool", { results: [result()] as never }),
    ],
    [
      "an OpenAI tool message in parts",
      {
        role: "tool",
        tool_call_id: "call_1",
        content: [
          { type: "text", text: "not" },
          { type: "text", text: "found" },
        ],
      },
      message("tool", { results: [result({ content: "not\nfound" })] as never }),
    ],
    [
      "Anthropic",
      {
        role: "assistant",
        content: [
          { type: "text", text: "Let me look." },
          { type: "tool_use", id: "call_1", name: "get_claim", input: { claimId: "C-1" } },
        ],
      },
      message("assistant", { text: "Let me look.", calls: [parsed] }),
    ],
    [
      "an Anthropic result",
      {
        role: "user",
        content: [
          {
            type: "tool_result",
            tool_use_id: "call_1",
            is_error: true,
            content: [{ type: "text", text: "not found" }],
          },
        ],
      },
      message("user", { results: [result({ isError: true })] as never }),
    ],
    [
      "Gemini",
      { role: "model", parts: [{ functionCall: { name: "get_claim", args: { claimId: "C-1" } } }] },
      message("assistant", { calls: [{ ...parsed, id: null }] }),
    ],
    [
      "a Gemini result",
      { role: "user", parts: [{ functionResponse: { name: "get_claim", response: { error: "not found" } } }] },
      message("user", {
        results: [result({ callId: null, tool: "get_claim", content: '{"error":"not found"}' })] as never,
      }),
    ],
    [
      "Bedrock",
      {
        role: "assistant",
        content: [{ text: "x" }, { toolUse: { toolUseId: "call_1", name: "get_claim", input: { claimId: "C-1" } } }],
      },
      message("assistant", { text: "x", calls: [parsed] }),
    ],
    [
      "a Bedrock result",
      {
        role: "user",
        content: [{ toolResult: { toolUseId: "call_1", status: "error", content: [{ text: "not found" }] } }],
      },
      message("user", { results: [result({ isError: true })] as never }),
    ],
    [
      "Ollama",
      {
        role: "assistant",
        content: "",
        tool_calls: [{ function: { name: "get_claim", arguments: { claimId: "C-1" } } }],
      },
      message("assistant", { calls: [{ ...parsed, id: null }] }),
    ],
    [
      "an Ollama result",
      { role: "tool", tool_name: "get_claim", content: "not found" },
      message("tool", { results: [result({ callId: null, tool: "get_claim" })] as never }),
    ],
    [
      "OTel GenAI parts",
      {
        role: "assistant",
        parts: [{ type: "tool_call", id: "call_1", name: "get_claim", arguments: ARGS }],
        finish_reason: "tool_call",
      },
      message("assistant", { calls: [called] }),
    ],
    [
      "an OTel GenAI response",
      { role: "tool", parts: [{ type: "tool_call_response", id: "call_1", response: "not found" }] },
      message("tool", { results: [result()] as never }),
    ],
    [
      "Pydantic AI's response under `result`, role user",
      { role: "user", parts: [{ type: "tool_call_response", id: "call_1", name: "get_claim", result: "not found" }] },
      message("user", { results: [result({ tool: "get_claim" })] as never }),
    ],
    [
      "AI SDK 5 and later",
      {
        role: "tool",
        content: [
          {
            type: "tool-result",
            toolCallId: "call_1",
            toolName: "get_claim",
            output: { type: "error-text", value: "not found" },
          },
        ],
      },
      message("tool", { results: [result({ tool: "get_claim", isError: true })] as never }),
    ],
    [
      "AI SDK 6, a result of nothing",
      {
        role: "tool",
        content: [
          { type: "tool-result", toolCallId: "call_1", toolName: "get_claim", output: { type: "json", value: null } },
        ],
      },
      message("tool", { results: [result({ tool: "get_claim", content: "null", isError: false })] as never }),
    ],
    [
      "AI SDK 4",
      {
        role: "tool",
        content: [
          { type: "tool-result", toolCallId: "call_1", toolName: "get_claim", result: "not found", isError: true },
        ],
      },
      message("tool", { results: [result({ tool: "get_claim", isError: true })] as never }),
    ],
    [
      "LangChain",
      {
        type: "ai",
        content: "",
        tool_calls: [{ name: "get_claim", args: { claimId: "C-1" }, id: "call_1", type: "tool_call" }],
      },
      message("assistant", { calls: [parsed] }),
    ],
    [
      "LangChain, arguments that are no JSON",
      {
        type: "ai",
        content: "",
        tool_calls: [],
        invalid_tool_calls: [{ name: "get_claim", args: "{'a': 1}", id: "call_1", error: "..." }],
      },
      message("assistant", { calls: [{ ...called, argumentsRaw: "{'a': 1}" }] }),
    ],
    [
      "LangChain, serialised",
      {
        lc: 1,
        type: "constructor",
        id: ["langchain", "schema", "messages", "ToolMessage"],
        kwargs: { content: "not found", tool_call_id: "call_1", name: "get_claim", status: "error" },
      },
      message("tool", { results: [result({ tool: "get_claim", isError: true })] as never }),
    ],
    [
      "LangChain, with data",
      { type: "tool", data: { content: "not found", tool_call_id: "call_1", name: "get_claim", status: "success" } },
      message("tool", { results: [result({ tool: "get_claim", isError: false })] as never }),
    ],
    ["LangChain, a pair", ["human", "hello"], message("user", { text: "hello" })],
    [
      "Pydantic AI's own",
      {
        kind: "response",
        parts: [{ part_kind: "tool-call", tool_name: "get_claim", args: ARGS, tool_call_id: "call_1" }],
      },
      message("assistant", { calls: [called] }),
    ],
    [
      "Pydantic AI's retry",
      {
        kind: "request",
        parts: [{ part_kind: "retry-prompt", tool_name: "get_claim", tool_call_id: "call_1", content: "not found" }],
      },
      message("user", { results: [result({ tool: "get_claim", isError: true })] as never }),
    ],
    [
      "AutoGen's model context",
      { type: "AssistantMessage", source: "a", content: [{ id: "call_1", name: "get_claim", arguments: ARGS }] },
      message("assistant", { calls: [called] }),
    ],
    [
      "AutoGen's results",
      {
        type: "FunctionExecutionResultMessage",
        content: [{ call_id: "call_1", name: "get_claim", content: "not found", is_error: true }],
      },
      message("tool", { results: [result({ tool: "get_claim", isError: true })] as never }),
    ],
    [
      "Claude Code's lines",
      {
        type: "user",
        message: {
          role: "user",
          content: [{ type: "tool_result", tool_use_id: "call_1", content: "not found", is_error: true }],
        },
      },
      message("user", { results: [result({ isError: true })] as never }),
    ],
    [
      "Semantic Kernel",
      {
        role: "assistant",
        items: [{ content_type: "function_call", id: "call_1", name: "get_claim", arguments: ARGS }],
      },
      message("assistant", { calls: [called] }),
    ],
  ])("%s", (_name, value, want) => {
    expect(messagesOf([value])).toEqual([want]);
  });

  test("items of the Responses API become one message for each answer", () => {
    const items = [
      { role: "user", content: [{ type: "input_text", text: "hello" }] },
      { type: "reasoning", summary: [] },
      { type: "function_call", call_id: "call_1", name: "get_claim", arguments: ARGS },
      { type: "function_call", call_id: "call_2", name: "get_claim", arguments: ARGS },
      { type: "function_call_output", call_id: "call_1", output: "not found" },
    ];
    expect(messagesOf(items)).toEqual([
      message("user", { text: "hello" }),
      message("assistant", { calls: [called, { ...called, id: "call_2" }] }),
      message("tool", { results: [result()] as never }),
    ]);
  });

  test("a call that stands in content and in tool_calls is one; two of one id are two", () => {
    const copy = {
      role: "assistant",
      content: [{ type: "tool_use", id: "call_1", name: "get_claim", input: { claimId: "C-1" } }],
      tool_calls: [{ id: "call_1", name: "get_claim", args: { claimId: "C-1" } }],
    };
    expect(messagesOf([copy])[0]?.calls).toEqual([parsed]);
    const twins = {
      role: "assistant",
      tool_calls: [
        { id: "call_1", function: { name: "get_claim", arguments: ARGS } },
        { id: "call_1", function: { name: "get_claim", arguments: '{"claimId": "C-2"}' } },
      ],
    };
    expect(messagesOf([twins])[0]?.calls).toHaveLength(2);
  });

  test("what is no message is passed over, whatever it is", () => {
    expect(messagesOf([null, 7, "x", {}, [], { type: "web_search_call" }, { level: 30 }, { role: 5 }])).toEqual([]);
    expect(messagesOf("hello")).toEqual([message("user", { text: "hello" })]);
    let deep: unknown = { role: "user", content: "x" };
    for (let i = 0; i < 10_000; i++) deep = { content: [deep], role: "user", parts: [deep] };
    expect(messagesOf([deep])).toHaveLength(1);
  });
});

describe("requests and tools", () => {
  const schema = { type: "object", properties: { claim_id: { type: "string" } } };
  test.each<[string, unknown]>([
    ["OpenAI Chat", [{ type: "function", function: { name: "get_claim", description: "d", parameters: schema } }]],
    ["Responses", [{ type: "function", name: "get_claim", description: "d", parameters: schema, strict: true }]],
    ["Anthropic", [{ name: "get_claim", description: "d", input_schema: schema }]],
    ["Gemini", [{ functionDeclarations: [{ name: "get_claim", description: "d", parametersJsonSchema: schema }] }]],
    ["Bedrock", [{ toolSpec: { name: "get_claim", description: "d", inputSchema: { json: schema } } }]],
    [
      "AI SDK, JSON texts",
      [JSON.stringify({ type: "function", name: "get_claim", description: "d", inputSchema: schema })],
    ],
    ["by name", { get_claim: { description: "d", inputSchema: schema } }],
  ])("tools of %s", (_name, tools) => {
    expect(toolsOf(tools)).toEqual([{ name: "get_claim", description: "d", schema }]);
  });

  test("names alone, hosted tools, nonsense", () => {
    expect(toolsOf(["search", "", { type: "web_search" }, null, 3, "{broken"])).toEqual([
      { name: "search", description: null, schema: null },
    ]);
  });

  test("a request: system text first, the rest as options", () => {
    expect(
      requestOf({
        model: "claude",
        system: [{ type: "text", text: "Be brief." }],
        messages: [{ role: "user", content: "hi" }],
        tool_choice: { type: "auto" },
        max_tokens: 5,
      }),
    ).toEqual({
      model: "claude",
      tools: null,
      messages: [message("system", { text: "Be brief." }), message("user", { text: "hi" })],
      options: { tool_choice: { type: "auto" }, max_tokens: 5 },
    });
    expect(
      requestOf({ model: "models/gemini", contents: [], systemInstruction: { parts: [{ text: "s" }] }, tools: [] }),
    ).toMatchObject({ model: "gemini", tools: [], messages: [{ role: "system", text: "s" }] });
  });
});

describe("answers and errors", () => {
  test.each<[string, unknown, object]>([
    [
      "OpenAI Chat",
      {
        choices: [
          {
            message: {
              role: "assistant",
              content: null,
              tool_calls: [{ id: "call_1", function: { name: "get_claim", arguments: ARGS } }],
            },
            finish_reason: "tool_calls",
          },
        ],
      },
      { message: message("assistant", { calls: [called] }), finishReason: "tool_calls", complete: true },
    ],
    [
      "Responses",
      {
        output: [{ type: "function_call", call_id: "call_1", name: "get_claim", arguments: ARGS }],
        status: "completed",
      },
      { message: message("assistant", { calls: [called] }), finishReason: "tool_calls", complete: true },
    ],
    [
      "Responses, cut",
      { output: [], status: "incomplete", incomplete_details: { reason: "max_output_tokens" } },
      { finishReason: "length", complete: true },
    ],
    [
      "Anthropic",
      { type: "message", content: [{ type: "text", text: "x" }], stop_reason: "max_tokens" },
      { message: message("assistant", { text: "x" }), finishReason: "length" },
    ],
    [
      "Gemini",
      { candidates: [{ content: { parts: [] }, finishReason: "MALFORMED_FUNCTION_CALL" }] },
      { message: message("assistant"), finishReason: "malformed_function_call" },
    ],
    ["Gemini, blocked", { promptFeedback: { blockReason: "SAFETY" } }, { finishReason: "content_filter" }],
    [
      "Bedrock",
      { output: { message: { role: "assistant", content: [{ text: "x" }] } }, stopReason: "end_turn" },
      { message: message("assistant", { text: "x" }), finishReason: "stop" },
    ],
    [
      "Ollama",
      { message: { role: "assistant", content: "x" }, done: true, done_reason: "stop" },
      { message: message("assistant", { text: "x" }), finishReason: "stop", complete: true },
    ],
  ])("the answer of %s", (_name, body, want) => {
    expect(answerOf(body)).toMatchObject(want);
  });

  test.each<[string, unknown, number, object | null]>([
    [
      "OpenAI",
      { error: { message: "m", type: "t", param: "p", code: "c" } },
      400,
      { status: 400, code: "c", type: "t", param: "p", message: "m" },
    ],
    [
      "Anthropic",
      { type: "error", error: { type: "overloaded_error", message: "Overloaded" } },
      529,
      { status: 529, code: null, type: "overloaded_error", param: null, message: "Overloaded" },
    ],
    [
      "Google, a list",
      [{ error: { code: 400, message: "m", status: "INVALID_ARGUMENT" } }],
      400,
      { status: 400, code: "400", type: "INVALID_ARGUMENT", param: null, message: "m" },
    ],
    [
      "a text",
      "<html>502 Bad Gateway</html>",
      502,
      { status: 502, code: null, type: null, param: null, message: "<html>502 Bad Gateway</html>" },
    ],
    [
      "vLLM",
      { object: "error", message: "m", type: "BadRequestError", code: 400 },
      400,
      { status: 400, code: "400", type: "BadRequestError", param: null, message: "m" },
    ],
    [
      "in a body of 200",
      { error: { message: "m" } },
      200,
      { status: 200, code: null, type: null, param: null, message: "m" },
    ],
    ["a null error is none", { error: null, choices: [] }, 200, null],
    ["a good answer", { choices: [] }, 200, null],
  ])("the error of %s", (_name, body, status, want) => {
    expect(errorOf(body, status)).toEqual(want);
  });

  test("one vocabulary for the end of an answer", () => {
    expect(
      [
        "tool_call",
        "tool-calls",
        "TOOL_USE",
        "end_turn",
        "STOP",
        "max_tokens",
        "SAFETY",
        "FinishReason.MALFORMED_FUNCTION_CALL",
        '["stop"]',
        ["tool_call"],
        "stop,stop",
        "",
        null,
        7,
      ].map(finishReasonOf),
    ).toEqual([
      "tool_calls",
      "tool_calls",
      "tool_calls",
      "stop",
      "stop",
      "length",
      "content_filter",
      "malformed_function_call",
      "stop",
      "tool_calls",
      "stop",
      null,
      null,
      null,
    ]);
  });
});
