import type { OtelLogDialect } from "../../records/dialect.ts";
import type { OtelLog } from "../../records/records.ts";
import { firstText, textOf, type Json } from "../../ingest/json/access.ts";
import type { Speaker } from "../speaker.ts";
import { eventName, fieldsOf, logSpeaker } from "./voice.ts";

/** Claude Code and the Claude Agent SDK: `claude_code.tool_result`, `.tool_decision`, `.api_error`, ... (numbers and booleans may be texts). */
export const claudeCodeEvents: OtelLogDialect = {
  name: "claude-code",
  read(log, emit) {
    const name = eventName(log).replace(/^claude_code\./, "");
    const isOurs = /^com\.anthropic\.claude_code/.test(log.scopeName) || eventName(log).startsWith("claude_code.");
    const read = isOurs ? EVENTS[name] : undefined;
    if (read === undefined) return isOurs;
    const fields = fieldsOf(log);
    read(fields, logSpeaker(log, emit, { framework: "claude-agent-sdk", model: firstText(fields["model"]) }), log);
    return true;
  },
};

type Read = (fields: Json, voice: Speaker, log: OtelLog) => void;

const EVENTS: Record<string, Read> = {
  tool_result(fields, voice, log) {
    const tool = firstText(fields["tool_name"]) ?? "";
    const callId = firstText(fields["tool_use_id"]);
    const failed = String(fields["success"]) === "false";
    const message = firstText(fields["error"]);
    const millis = Number(fields["duration_ms"]);
    voice.fact(
      {
        kind: "executed",
        callId,
        tool,
        argumentsRaw: textOf(fields["tool_input"]),
        outcome: failed ? "failed" : "ok",
        error: failed ? { type: firstText(fields["error_type"]), message, stack: null } : null,
        durationNs: Number.isFinite(millis) && millis >= 0 ? BigInt(Math.round(millis * 1e6)) : null,
      },
      log.timeNs,
      message ?? tool,
      callId,
    );
    if (failed && message !== null) voice.text("tool-result", message, log.timeNs, { flagged: true, tool, callId });
  },
  tool_decision(fields, voice, log) {
    if (String(fields["decision"]) !== "reject") return;
    const tool = firstText(fields["tool_name"]);
    voice.text("status", `Tool ${tool ?? ""} was rejected (${firstText(fields["source"]) ?? "unknown"})`, log.timeNs, {
      tool,
      callId: firstText(fields["tool_use_id"]),
    });
  },
  api_error(fields, voice, log) {
    const status = Number(fields["status_code"]);
    const message = firstText(fields["error"]) ?? "";
    const error = {
      status: status >= 400 ? status : null,
      code: null,
      type: firstText(fields["error_type"]),
      param: null,
      message,
    };
    voice.modelCall({
      tools: null,
      messages: null,
      options: {},
      answer: null,
      error,
      startNs: log.timeNs,
      endNs: log.timeNs,
    });
  },
  internal_error: (fields, voice, log) =>
    voice.text("exception", firstText(fields["error"], fields["error_name"]), log.timeNs, { flagged: true }),
  mcp_server_connection: (fields, voice, log) =>
    voice.text("status", firstText(fields["error"]), log.timeNs, {
      flagged: String(fields["status"]) === "failed" ? true : null,
    }),
};
