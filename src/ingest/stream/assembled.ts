import type { Exchange, Message } from "../../records/records.ts";
import type { Json } from "../json/access.ts";

/** What the events of one streamed answer come to. */
export interface Assembled {
  model: string | null;
  message: Message;
  finishReason: string | null;
  /** The stream came to its own end. */
  complete: boolean;
  error: Exchange["error"];
  /** What a simple client that joins deltas by index alone would get wrong. */
  faults: StreamFault[];
}

/**
 * `shared-index`: two calls came under one index (a naive assembly glues their ids, names and arguments);
 * `no-id`: a call came without an id; `unfinished-call`: the stream ended inside a call's arguments.
 */
export type StreamFault = "shared-index" | "no-id" | "unfinished-call";

/** Puts the events of one provider together; pure state, one per answer. */
export interface Assembler {
  push(event: Json): void;
  result(): Assembled;
}

export function emptyMessage(): Message {
  return { role: "assistant", text: null, calls: [], results: [] };
}
