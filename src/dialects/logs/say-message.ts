import type { Message } from "../../records/records.ts";
import type { Voice } from "./say.ts";

/** A message that a program printed: its calls, its results, and the model's words where it is no question of the user. */
export function sayMessage({ calls, results, text }: Message, isQuestion: boolean, voice: Voice): void {
  calls.forEach((call, index) => voice.requested(call, index));
  for (const result of results) voice.returned(result);
  if (text !== null && !isQuestion && results.length === 0) voice.text("model-text", text);
}
