import type { OtelLogDialect } from "../../records/dialect.ts";
import { firstText, object } from "../../ingest/json/access.ts";
import { fromJson } from "../spans/attributes.ts";
import { logSpeaker } from "./voice.ts";

/** Mastra's error logs: `mastra.log.errorId`, the tool and the agent beside it; the error's class stands in the details. */
export const mastraErrors: OtelLogDialect = {
  name: "mastra-errors",
  read(log, emit) {
    const { attributes, timeNs } = log;
    const id = firstText(attributes["mastra.log.errorId"]);
    if (id === null) return false;
    const voice = logSpeaker(log, emit, { framework: "mastra", agent: firstText(attributes["mastra.log.agent"]) });
    const tool = firstText(attributes["mastra.log.tool"]);
    const message = firstText(object(fromJson(attributes["mastra.log.details"]))["errorMessage"], log.body) ?? id;
    if (id === "TOOL_EXECUTION_FAILED" && tool !== null) {
      const type = /^(\w{1,80}(?:Error|Exception)):/.exec(message)?.[1] ?? null;
      const error = { type, message, stack: null };
      voice.fact(
        { kind: "executed", callId: null, tool, argumentsRaw: null, outcome: "failed", error, durationNs: null },
        timeNs,
        message,
      );
    }
    voice.text("exception", message, timeNs, { flagged: true, tool });
    return true;
  },
};
