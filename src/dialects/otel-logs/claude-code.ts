import type { OtelLogDialect } from "../../records/dialect.ts";
import type { OtelLog } from "../../records/records.ts";
import { firstText, textOf, type Json } from "../../ingest/json/access.ts";
import type { Speaker } from "../speaker.ts";
import { sayRefusedRequest } from "./request.ts";
import { sayResult } from "./result.ts";
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
    const failed = String(fields["success"]) === "false";
    sayResult(voice, log.timeNs, {
      tool: firstText(fields["tool_name"]),
      callId: firstText(fields["tool_use_id"]),
      argumentsRaw: textOf(fields["tool_input"]),
      output: null,
      duration: fields["duration_ms"],
      error: failed ? { type: firstText(fields["error_type"]), message: firstText(fields["error"]) } : null,
    });
  },
  tool_decision(fields, voice, log) {
    if (String(fields["decision"]) !== "reject") return;
    const tool = firstText(fields["tool_name"]);
    voice.text("status", `Tool ${tool ?? ""} was rejected (${firstText(fields["source"]) ?? "unknown"})`, log.timeNs, {
      tool,
      callId: firstText(fields["tool_use_id"]),
    });
  },
  api_error: (fields, voice, log) =>
    sayRefusedRequest(voice, log.timeNs, {
      status: fields["status_code"],
      type: firstText(fields["error_type"]),
      message: firstText(fields["error"]) ?? "",
    }),
  internal_error: (fields, voice, log) =>
    voice.text("exception", firstText(fields["error"], fields["error_name"]), log.timeNs, { flagged: true }),
  mcp_server_connection: (fields, voice, log) =>
    voice.text("status", firstText(fields["error"]), log.timeNs, {
      flagged: String(fields["status"]) === "failed" ? true : null,
    }),
};
