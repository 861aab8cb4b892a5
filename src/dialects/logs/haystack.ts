import type { LogDialect } from "../../records/dialect.ts";
import { printedMessage } from "../spans/haystack-messages.ts";
import { sayMessage } from "./say-message.ts";
import { voiceOf } from "./say.ts";

/** Haystack's messages as `print` shows them, one or a list: `ChatMessage(_role=<ChatRole.TOOL: 'tool'>, _content=[...], ...)`. */
export const haystackPrint: LogDialect = {
  name: "haystack-print",
  literals: ["chatmessage(_role="],
  open: () => ({
    read(record, emit) {
      const voice = voiceOf(record, emit, { framework: "haystack" });
      let said = 0;
      for (let at = record.text.indexOf(PRINTED); at >= 0 && said < MOST; said++) {
        const printed = printedMessage(record.text, at);
        if (printed === null) break;
        const { message, end } = printed;
        if (message !== null) sayMessage(message, message.role !== "assistant", voice);
        at = record.text.indexOf(PRINTED, end);
      }
      return said === 0 ? "none" : "claimed";
    },
  }),
};

const PRINTED = "ChatMessage(_role=";
const MOST = 1000;
