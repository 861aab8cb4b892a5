import { expect, test } from "vitest";
import type { OtelLog } from "../../records/records.ts";
import { log, say } from "./log.fixture.ts";

test("Claude Code: results, refusals by the user, API errors", () => {
  const claude = (name: string, attributes: Record<string, unknown>): OtelLog =>
    log({
      body: `claude_code.${name}`,
      attributes: { "event.name": name, ...attributes },
      scopeName: "com.anthropic.claude_code.events",
    });
  const got = say(
    claude("tool_result", {
      tool_name: "Bash",
      tool_use_id: "t1",
      success: "false",
      error: "exit 1",
      duration_ms: "12",
    }),
    claude("tool_decision", { tool_name: "Edit", tool_use_id: "t2", decision: "reject", source: "user_reject" }),
    claude("api_error", { status_code: "529", error: "Overloaded", model: "m" }),
    claude("user_prompt", {}),
  );
  expect(got.lines).toEqual(["executed t1 Bash null failed null", 'model-failed 529 null "Overloaded"']);
  expect(got.texts).toEqual([
    "tool-result true exit 1",
    "status null Tool Edit was rejected (user_reject)",
    "model-error true Error code: 529 - Overloaded",
  ]);
  expect(got.read).toEqual([true, true, true, true]);
});

test("Codex: the name is an attribute beside the place in its source", () => {
  const codex = (name: string, attributes: Record<string, unknown>): OtelLog =>
    log({
      eventName: "event otel/src/events/session_telemetry.rs:512",
      attributes: { "event.name": `codex.${name}`, "conversation.id": "s1", model: "gpt-5-codex", ...attributes },
      scopeName: "codex_otel.log_only",
    });
  const call = { tool_name: "shell", call_id: "c1", arguments: '{"command":["ls"]}', duration_ms: "12" };
  expect(say(codex("tool_result", { ...call, success: "true", output: "README.md" })).lines).toEqual([
    'executed c1 shell {"command":["ls"]} ok',
    'returned c1 "README.md"',
  ]);
  expect(say(codex("tool_result", { ...call, success: "false", output: "unsupported call: shell" })).lines).toEqual([
    'requested c1 shell {"command":["ls"]}',
    "looked-up shell false",
    'returned c1 (error) "unsupported call: shell"',
  ]);
  const others = say(
    codex("tool_decision", { tool_name: "shell", call_id: "c1", decision: "denied", source: "user" }),
    codex("tool_decision", { tool_name: "shell", call_id: "c1", decision: "approved", source: "config" }),
    codex("api_request", { "http.response.status_code": 401, "error.message": "http 401 Unauthorized" }),
    codex("api_request", { "http.response.status_code": 200 }),
    codex("sse_event", { "error.message": "idle timeout waiting for SSE" }),
    codex("user_prompt", { prompt: "[REDACTED]" }),
  );
  expect(others.lines).toEqual(['model-failed 401 null "http 401 Unauthorized"']);
  expect(others.texts).toEqual([
    "status null Tool shell was rejected (user)",
    "model-error true Error code: 401 - http 401 Unauthorized",
    "model-error true idle timeout waiting for SSE",
  ]);
  expect(others.read).not.toContain(false);
});

test("Gemini CLI: calls by what became of them", () => {
  const gemini = (name: string, attributes: Record<string, unknown>): OtelLog =>
    log({
      body: "Tool call: f.",
      attributes: { "event.name": `gemini_cli.${name}`, "session.id": "s1", ...attributes },
    });
  const called = (name: string, error: string, type: string): Record<string, unknown> => ({
    function_name: name,
    function_args: '{\n  "path": "/a"\n}',
    success: false,
    duration_ms: 5,
    "error.message": error,
    "error.type": type,
  });
  expect(
    say(
      gemini("tool_call", { function_name: "f", function_args: "{}", success: true, duration_ms: 5 }),
      gemini("tool_call", called("f", "File not found: /a", "file_not_found")),
      gemini("tool_call", called("f", 'Tool "f" not found.', "tool_not_registered")),
      gemini("tool_call", called("g", "no 'absolute_path'", "invalid_tool_params")),
      gemini("tool_call", { function_name: "f", success: false, decision: "reject" }),
      gemini("api_error", { status_code: 429, error: "quota", model: "m" }),
    ).lines,
  ).toEqual([
    "executed null f {} ok",
    'executed null f {"path":"/a"} failed file_not_found',
    'requested null f {"path":"/a"}',
    "looked-up f false",
    'returned null (error) "Tool \\"f\\" not found."',
    'requested null g {"path":"/a"}',
    "validated g false",
    "returned null (error) \"no 'absolute_path'\"",
    'model-failed 429 null "quota"',
  ]);
});
