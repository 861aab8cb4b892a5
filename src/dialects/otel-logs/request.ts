import type { Speaker } from "../speaker.ts";

/** A request to a model that an event says was refused. */
export function sayRefusedRequest(
  voice: Speaker,
  timeNs: bigint | null,
  said: { status: unknown; type: string | null; message: string },
): void {
  const status = Number(said.status);
  const error = {
    status: status >= 400 ? status : null,
    code: null,
    type: said.type,
    param: null,
    message: said.message,
  };
  voice.modelCall({ tools: null, messages: null, options: {}, answer: null, error, startNs: timeNs, endNs: timeNs });
}
