import type { OtelLogDialect } from "../../records/dialect.ts";
import type { OtelLog } from "../../records/records.ts";
import { firstText, type Json } from "../../ingest/json/access.ts";
import type { Speaker } from "../speaker.ts";
import { sayRefusedRequest } from "./request.ts";
import { sayRefusal, sayResult } from "./result.ts";
import { eventName, fieldsOf, logSpeaker } from "./voice.ts";

/**
 * Codex CLI: `codex.tool_result`, `.tool_decision`, `.api_request`, `.sse_event` (codex-rs/otel/src/events/session_telemetry.rs);
 * numbers and booleans are mostly texts.
 */
export const codexEvents: OtelLogDialect = {
  name: "codex",
  read(log, emit) {
    const name = eventName(log);
    if (!name.startsWith("codex.")) return false;
    const fields = fieldsOf(log);
    const known = {
      framework: "codex",
      conversation: firstText(fields["conversation.id"]),
      model: firstText(fields["model"]),
    };
    READERS[name]?.(fields, logSpeaker(log, emit, known), log);
    return true;
  },
};

const READERS: Record<string, (fields: Json, voice: Speaker, log: OtelLog) => void> = {
  "codex.tool_result"(fields, voice, log) {
    const tool = firstText(fields["tool_name"]);
    const callId = firstText(fields["call_id"]);
    const output = typeof fields["output"] === "string" ? fields["output"] : null;
    const failed = String(fields["success"]) === "false";
    const argumentsRaw = typeof fields["arguments"] === "string" ? fields["arguments"] : null;
    // the registry answers for a tool that is not there
    if (failed && output !== null && UNSUPPORTED.test(output))
      return sayRefusal(voice, log.timeNs, "looked-up", { tool, callId, argumentsRaw, reason: output });
    const error = { type: null, message: output };
    sayResult(voice, log.timeNs, {
      tool,
      callId,
      argumentsRaw,
      output,
      duration: fields["duration_ms"],
      error: failed ? error : null,
    });
  },
  "codex.tool_decision"(fields, voice, log) {
    const decision = String(fields["decision"]);
    if (!/^(?:denied|abort)/.test(decision)) return;
    const tool = firstText(fields["tool_name"]);
    const words = `Tool ${tool ?? ""} was rejected (${firstText(fields["source"]) ?? "unknown"})`;
    voice.text("status", words, log.timeNs, { tool, callId: firstText(fields["call_id"]) });
  },
  "codex.api_request"(fields, voice, log) {
    const message = firstText(fields["error.message"]);
    if (message !== null)
      sayRefusedRequest(voice, log.timeNs, { status: fields["http.response.status_code"], type: null, message });
  },
  "codex.sse_event"(fields, voice, log) {
    voice.text("model-error", firstText(fields["error.message"]), log.timeNs, { flagged: true });
  },
};

const UNSUPPORTED = /^unsupported (?:custom tool )?call: /;
