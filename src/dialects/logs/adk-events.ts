import type { LogDialect } from "../../records/dialect.ts";
import { messageOf } from "../../ingest/messages/messages.ts";
import { isFields, objectOf, stringOf } from "./json.ts";
import { sayMessage } from "./say-message.ts";
import { voiceOf } from "./say.ts";

/** Google ADK's events as programs print them (`event.model_dump_json()`, `adk run --save`): a content with an author and an invocation. */
export const adkEvents: LogDialect = {
  name: "adk-events",
  literals: ['"invocation_id"', '"invocationid"'],
  open: () => ({
    read(record, emit) {
      const fields = objectOf(record);
      const { content } = fields;
      const author = stringOf(fields["author"]);
      if (author === null || !isFields(content) || !Array.isArray(content["parts"])) return "none";
      const message = messageOf(content);
      if (message === null) return "none";
      const isUser = author === "user";
      sayMessage(
        message,
        isUser,
        voiceOf(record, emit, { framework: "google-adk", ...(isUser ? {} : { agent: author }) }),
      );
      return "claimed";
    },
  }),
};
