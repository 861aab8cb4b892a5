import type { LogDialect } from "../../records/dialect.ts";
import type { RequestedCall } from "../../records/records.ts";
import { remember } from "../remember.ts";
import { jsonText, stringOf, textOf } from "./json.ts";
import type { Fields } from "./json.ts";
import { voiceOf } from "./say.ts";
import type { Voice } from "./say.ts";
import { eventOf } from "./ui-event.ts";

/**
 * The UI message stream of the AI SDK (5 and later: `toUIMessageStreamResponse()`), also written by Mastra, VoltAgent, LangChain's adapter:
 * `data: {"type":"tool-input-available","toolCallId":...,"toolName":...,"input":...}`, then `tool-output-available` or
 * `tool-output-error`. A tool of the browser has no output in the stream.
 */
export const aiSdkUi: LogDialect = {
  name: "ai-sdk-ui",
  literals: ['"tool-input-', '"tool-output-', '"errortext"'],
  open() {
    const tools = new Map<string, string>();
    return {
      read(record, emit) {
        const event = eventOf(record);
        const read = READERS[String(event["type"])];
        if (read === undefined) return "none";
        read(event, voiceOf(record, emit, { framework: "ai-sdk" }), tools);
        return "claimed";
      },
    };
  },
};

type Tools = Map<string, string>;

const MOST_OPEN = 1000;

const READERS: Readonly<Record<string, (event: Fields, voice: Voice, tools: Tools) => void>> = {
  // pieces of what comes whole
  "tool-input-start": () => undefined,
  "tool-input-delta": () => undefined,
  "tool-input-available": (event, voice, tools) => voice.requested(callOf(event, tools), 0),
  "tool-input-error"(event, voice, tools) {
    voice.requested(callOf(event, tools), 0);
    failed(event, voice, tools);
  },
  "tool-output-available"(event, voice, tools) {
    if (event["preliminary"] === true) return;
    voice.returned({ ...about(event, tools), content: textOf(event["output"]) ?? "", isError: null });
  },
  "tool-output-error": failed,
  error(event, voice) {
    const message = stringOf(event["errorText"]);
    if (message === null) return;
    voice.fact({ kind: "run-ended", outcome: "failed", reason: message }, message);
    voice.text("exception", message, { flagged: true });
  },
};

/** The input of a call that was refused is what the model wrote, as a text. */
function callOf(event: Fields, tools: Tools): RequestedCall {
  const { callId: id, tool: name } = about(event, tools);
  const input = event["input"];
  if (id !== null && name !== null) remember(tools, id, name, MOST_OPEN);
  return typeof input === "string"
    ? { id, name, argumentsRaw: input }
    : { id, name, argumentsRaw: textOf(input), parsed: true };
}

function failed(event: Fields, voice: Voice, tools: Tools): void {
  const content = stringOf(event["errorText"]) ?? jsonText(event["error"] ?? "");
  voice.returned({ ...about(event, tools), content, isError: true });
}

function about(event: Fields, tools: Tools): { callId: string | null; tool: string | null } {
  const callId = stringOf(event["toolCallId"]);
  return { callId, tool: stringOf(event["toolName"]) ?? (callId === null ? null : (tools.get(callId) ?? null)) };
}
