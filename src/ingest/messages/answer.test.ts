import { describe, expect, test } from "vitest";
import type { Message } from "../../records/records.ts";
import { answerOf } from "./answer.ts";
import { errorOf } from "./error.ts";
import { finishReasonOf } from "./finish.ts";

const message = (role: string, known: Partial<Message> = {}): Message => ({
  role,
  text: null,
  calls: [],
  results: [],
  ...known,
});
const ARGS = '{"claimId": "C-1"}';
const called = { id: "call_1", name: "get_claim", argumentsRaw: ARGS };

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
