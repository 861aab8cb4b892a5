import type { OtelLogDialect } from "../../records/dialect.ts";
import type { OtelLog } from "../../records/records.ts";
import { firstText, textOf, type Json } from "../../ingest/json/access.ts";
import { parseJsonText } from "../../ingest/json/parse.ts";
import type { Speaker } from "../speaker.ts";
import { sayRefusedRequest } from "./request.ts";
import { sayRefusal, sayResult } from "./result.ts";
import { eventName, fieldsOf, logSpeaker } from "./voice.ts";

/**
 * Gemini CLI and Qwen Code, which is made of it: `gemini_cli.tool_call`, `.api_error` (packages/core/src/telemetry/types.ts).
 * A call has no id; its result is not recorded, only its error.
 */
export const geminiCliEvents: OtelLogDialect = {
  name: "gemini-cli",
  read(log, emit) {
    const name = PREFIXED.exec(eventName(log))?.[1];
    if (name === undefined) return false;
    const fields = fieldsOf(log);
    READERS[name]?.(fields, logSpeaker(log, emit, { framework: "gemini-cli", model: firstText(fields["model"]) }), log);
    return true;
  },
};

const PREFIXED = /^(?:gemini_cli|qwen-code)\.([\w.]{1,80})$/;

const READERS: Record<string, (fields: Json, voice: Speaker, log: OtelLog) => void> = {
  tool_call(fields, voice, log) {
    const tool = firstText(fields["function_name"]);
    const message = firstText(fields["error.message"], fields["error"]);
    const type = firstText(fields["error.type"], fields["error_type"]);
    const argumentsRaw = plain(fields["function_args"]);
    const refused = type === null ? undefined : REFUSED[type];
    if (refused !== undefined)
      return sayRefusal(voice, log.timeNs, refused, { tool, callId: null, argumentsRaw, reason: message });
    const failed = String(fields["success"]) === "false";
    // Cancelled: the user said no, or stopped the run.
    if (failed && message === null) {
      if (fields["decision"] === "reject")
        voice.text("status", `Tool ${tool ?? ""} was rejected (user)`, log.timeNs, { tool });
      return;
    }
    const error = failed ? { type, message } : null;
    sayResult(voice, log.timeNs, {
      tool,
      callId: null,
      argumentsRaw,
      output: null,
      duration: fields["duration_ms"],
      error,
    });
  },
  api_error(fields, voice, log) {
    const message = firstText(fields["error.message"], fields["error"]) ?? "";
    const type = firstText(fields["error.type"], fields["error_type"]);
    sayRefusedRequest(voice, log.timeNs, {
      status: fields["status_code"] ?? fields["http.status_code"],
      type,
      message,
    });
  },
};

/** ToolErrorType of tools/tool-error.ts, for calls that nothing was run for. */
const REFUSED: Record<string, "looked-up" | "validated"> = {
  tool_not_registered: "looked-up",
  invalid_tool_params: "validated",
};

/** Arguments are printed over several lines. */
function plain(args: unknown): string | null {
  const parsed = typeof args === "string" ? parseJsonText(args) : undefined;
  return parsed === undefined ? textOf(args) : textOf(parsed);
}
