import { describe, expect, it } from "vitest";
import { parseExceptions } from "../../exceptions/parse.ts";
import { errorText } from "./errors.ts";

const chain = (text: string | null) =>
  parseExceptions(text ?? "").map(({ type, message, relation, depth, code }) =>
    [depth, relation, type, message, code].filter((part) => part !== undefined),
  );

describe("errorText", () => {
  it("gives pino's error with class, own properties and causes", () => {
    const text = errorText({
      err: {
        type: "BadRequestError",
        message: "400 tool failed: Cannot read properties of null (reading 'amount')",
        stack:
          "Error: 400 tool failed\n    at mk (file:///app/run.mjs:3:55)\ncaused by: TypeError: Cannot read properties of null (reading 'amount')\n    at mk (file:///app/run.mjs:3:27)",
        status: 400,
        code: "context_length_exceeded",
        requestBodyValues: { messages: [{ content: "Error: not mine" }] },
      },
    });
    expect(chain(text)).toEqual([
      [0, "raised", "BadRequestError", "400 tool failed", "context_length_exceeded"],
      [1, "cause", "TypeError", "Cannot read properties of null (reading 'amount')"],
    ]);
    expect(text).not.toContain("not mine");
  });

  it("gives an AI SDK error that pino printed without message, with its causes", () => {
    const text = errorText({
      error: {
        name: "AI_InvalidToolInputError",
        cause: {
          name: "AI_TypeValidationError",
          cause: { name: "ZodError", message: '[\n  {\n    "code": "invalid_type"\n  }\n]' },
        },
        toolName: "quote",
        toolInput: '{"claimId": 1}',
      },
    });
    expect(text).toBe(
      'AI_InvalidToolInputError\n    toolName: quote\n    toolInput: {"claimId": 1}\ncaused by: AI_TypeValidationError\ncaused by: ZodError: [\n  {\n    "code": "invalid_type"\n  }\n]',
    );
  });

  it("gives each distinct attempt of an aggregate once", () => {
    const attempt = {
      type: "APICallError",
      message: "rate limit",
      stack: "AI_APICallError: rate limit\n    at a (node_modules/ai/i.js:1:2)",
      statusCode: 429,
    };
    const text = errorText({
      err: {
        type: "RetryError",
        message: "Failed after 3 attempts",
        stack: "AI_RetryError: Failed after 3 attempts\n    at b (node_modules/ai/i.js:1:2)",
        aggregateErrors: [attempt, attempt],
        lastError: attempt,
      },
    });
    expect(chain(text)).toEqual([
      [0, "raised", "AI_RetryError", "Failed after 3 attempts"],
      [1, "group-member", "AI_APICallError", "rate limit"],
    ]);
  });

  it("prints structlog's list as Python would, groups as trees", () => {
    const frame = (name: string) => ({ filename: "/app/run.py", lineno: 4, name, line: "", locals: {} });
    const leaf = {
      exc_type: "KeyError",
      exc_value: "'A'",
      exc_notes: [],
      is_cause: true,
      frames: [frame("tool")],
      is_group: false,
      exceptions: [],
    };
    const text = errorText({
      exception: [
        {
          exc_type: "ExceptionGroup",
          exc_value: "unhandled errors in a TaskGroup (2 sub-exceptions)",
          exc_notes: ["a note"],
          is_cause: false,
          frames: [frame("main")],
          is_group: true,
          exceptions: [
            [
              {
                exc_type: "ExceptionGroup",
                exc_value: "inner (1 sub-exception)",
                is_cause: false,
                frames: [],
                is_group: true,
                exceptions: [[leaf]],
              },
            ],
            [
              {
                exc_type: "ValueError",
                exc_value: "order not found\nsecond line",
                is_cause: false,
                frames: [frame("wrap")],
                is_group: false,
                exceptions: [],
              },
              leaf,
            ],
          ],
        },
      ],
    });
    expect(chain(text)).toEqual([
      [0, "raised", "ExceptionGroup", "unhandled errors in a TaskGroup (2 sub-exceptions)\na note"],
      [1, "group-member", "ExceptionGroup", "inner (1 sub-exception)"],
      [2, "group-member", "KeyError", "'A'"],
      [2, "cause", "KeyError", "'A'"],
      [1, "group-member", "ValueError", "order not found\nsecond line"],
    ]);
  });

  it.each([
    [{ error: null, errors: [], exc_info: true, exception: "" }],
    [{ error: false, errors: 0, err: {} }],
    [{ exc_info: "NoneType: None" }],
    [{ result: { type: "object", name: "x" } }],
  ])("finds nothing in %j", (fields) => {
    expect(errorText(fields)).toBeNull();
  });

  it("finds an error under a name of its own", () => {
    expect(errorText({ failure: { name: "AI_NoSuchToolError", message: "no tool x" } })).toBe(
      "AI_NoSuchToolError: no tool x",
    );
    expect(errorText({ error_type: "OpenAITimeoutError", error: "Request timed out." })).toBe(
      "OpenAITimeoutError: Request timed out.",
    );
  });

  it("goes no deeper than it must", () => {
    let error: Record<string, unknown> = { name: "E", message: "x" };
    for (let i = 0; i < 150; i++) error = { name: "E", message: String(i), cause: error };
    expect(errorText({ err: error })?.split("caused by: ").length).toBeLessThan(12);
  });
});
