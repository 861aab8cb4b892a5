import type { OtelLogDialect } from "../../records/dialect.ts";
import { text } from "../../ingest/json/access.ts";
import { exceptionText } from "../spans/errors.ts";
import { logSpeaker } from "./voice.ts";

/** Exceptions in the attributes of a log event, whatever its name. */
export const logExceptions: OtelLogDialect = {
  name: "otel-exceptions",
  read(log, emit) {
    const { attributes } = log;
    const failure = {
      type: text(attributes["exception.type"]),
      message: text(attributes["exception.message"]),
      stack: text(attributes["exception.stacktrace"]),
    };
    if (failure.type === null && failure.message === null) return false;
    logSpeaker(log, emit).text("exception", exceptionText(failure), log.timeNs, {
      flagged: log.severity >= 17 ? true : null,
    });
    return true;
  },
};
