import type { Exchange } from "../../records/records.ts";
import { errorOf } from "../messages/error.ts";
import { finishReasonOf } from "../messages/finish.ts";
import { object, text, type Json } from "../json/access.ts";
import { anthropicStream } from "./anthropic.ts";
import { emptyMessage, type Assembled, type Assembler } from "./assembled.ts";
import { bedrockStream } from "./bedrock.ts";
import { geminiStream } from "./gemini.ts";
import { ollamaStream } from "./ollama.ts";
import { openaiChatStream } from "./openai-chat.ts";
import { openaiResponsesStream } from "./openai-responses.ts";

/**
 * Assembles a streamed answer from its parsed events, whoever sent them: OpenAI Chat deltas, Responses, Anthropic,
 * Gemini, Ollama, Bedrock. The first event tells which.
 *
 *     const stream = assembler();
 *     for (const event of events) stream.push(event);
 *     stream.result().message.calls;
 */
export function assembler(): { push(event: unknown): void; result(): Assembled } {
  let inner: Assembler | null = null;
  let error: Exchange["error"] = null;
  return {
    push(event) {
      const json = object(event);
      inner ??= KINDS.find(({ test }) => test(json))?.open() ?? null;
      inner?.push(json);
      if ("error" in json && json["type"] !== "message_start") error ??= errorOf(json, null);
    },
    result() {
      const result = inner?.result() ?? {
        model: null,
        message: emptyMessage(),
        finishReason: null,
        complete: false,
        error: null,
        faults: [],
      };
      return { ...result, finishReason: finishReasonOf(result.finishReason), error: result.error ?? error };
    },
  };
}

export function assembleEvents(events: readonly unknown[]): Assembled {
  const stream = assembler();
  for (const event of events) stream.push(event);
  return stream.result();
}

const KINDS: readonly { test(event: Json): boolean; open(): Assembler }[] = [
  { test: (event) => Array.isArray(event["choices"]), open: openaiChatStream },
  { test: (event) => text(event["type"])?.startsWith("response.") === true, open: openaiResponsesStream },
  {
    test: (event) =>
      ["message_start", "content_block_start", "content_block_delta", "message_delta"].includes(String(event["type"])),
    open: anthropicStream,
  },
  { test: (event) => Array.isArray(event["candidates"]), open: geminiStream },
  { test: (event) => "message" in event && "done" in event, open: ollamaStream },
  {
    test: (event) => ["messageStart", "contentBlockStart", "contentBlockDelta"].some((key) => key in event),
    open: bedrockStream,
  },
];
