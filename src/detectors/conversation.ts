import type { Run, ToolCall, Turn } from "../records/call.ts";
import type { Case } from "../records/detector.ts";
import type { Message } from "../records/records.ts";
import { argumentsKey, jsonOf } from "../toolcalls/arguments.ts";
import { squash } from "./nearest.ts";

/** All that stood in the conversation before a call. */
export interface Conversation {
  /** True when the name, or a telling part of it (its digits, a file's name), was said before, however it was spelt. */
  tells(name: string): boolean;
}

/**
 * The conversations of a case. Null for a call whose conversation was not seen in full: no request, nothing of a user,
 * parts that are no text, a history that the server keeps.
 */
export function conversationsOf({ runs }: Case): (call: ToolCall) => Conversation | null {
  let places: Map<string, Place | null> | null = null;
  let left = MOST_CHARS;
  return (call) => {
    places ??= placesOf(runs);
    const place = places.get(keyOf(call.run, call.id, call.tool, call.argumentsRaw)) ?? null;
    if (place === null || !isWhole(place)) return null;
    const messages = messagesBefore(place);
    left -= messages.reduce((sum, message) => sum + sizeOf(message), 0);
    if (left < 0) return null;
    const offered = place.turn.offered ?? call.offered;
    const texts = messages.map(textOf);
    if (offered !== null) texts.push(squash(jsonOf(offered).slice(0, MOST_OFFERED)));
    return { tells: (name) => partsOf(name).some((part) => texts.some((text) => text.includes(part))) };
  };
}

/** What may be searched in one case: a long history is searched again for each failed call of it. */
const MOST_CHARS = 20_000_000;

interface Place {
  run: Run;
  turn: Turn;
  /** How many of the request's messages came before the call. */
  before: number;
}

/** Where each call was asked for: in an answer, else in a history alone. Null where two answers ask for one under the same name. */
function placesOf(runs: readonly Run[]): Map<string, Place | null> {
  const places = new Map<string, Place | null>();
  for (const run of runs)
    for (const turn of run.turns)
      for (const { id, name, argumentsRaw } of turn.answer?.calls ?? []) {
        const key = keyOf(run.id, id, name, argumentsRaw);
        places.set(key, places.has(key) ? null : { run, turn, before: turn.messages?.length ?? 0 });
      }
  for (const run of runs) {
    const seen = new Set<Message>();
    for (const turn of run.turns)
      for (const [before, message] of (turn.messages ?? []).entries()) {
        if (seen.has(message)) continue;
        seen.add(message);
        for (const { id, name, argumentsRaw } of message.calls) {
          const key = keyOf(run.id, id, name, argumentsRaw);
          if (!places.has(key)) places.set(key, { run, turn, before });
        }
      }
  }
  return places;
}

function keyOf(run: string | null, id: string | null, name: string | null, argumentsRaw: string | null): string {
  return `${run}\n${id ?? `${name}\n${argumentsKey(argumentsRaw)}`}`;
}

function isWhole({ turn, before }: Place): boolean {
  const { options } = turn;
  const messages = turn.messages?.slice(0, before) ?? [];
  const first = messages[0];
  if (first === undefined || first.role === "tool" || first.role === "assistant") return false;
  if (["previous_response_id", "conversation", "cachedContent", "thread"].some((key) => options[key] != null))
    return false;
  return messages.some(({ role, text }) => role === "user" && text !== null) && messages.every(isSeen);
}

function isSeen({ role, text, calls, results, partial }: Message): boolean {
  if (partial === true || (text !== null && LEFT_OUT.test(text))) return false;
  if (calls.some(({ argumentsRaw }) => argumentsRaw === null)) return false;
  if (results.some(({ content }) => LEFT_OUT.test(content))) return false;
  return role === "assistant" || text !== null || calls.length > 0 || results.length > 0;
}

/** What stands where content was not recorded, and the notices of a recorder that cut it. */
const LEFT_OUT =
  /^(?:[[<(]?_{0,2}(?:REDACTED|FILTERED|redacted|filtered|not recorded)_{0,2}[\])>]?)$|(?:\.{3}|…) ?[[(<]?truncated[^\n]{0,60}$/;

/** The request's own messages and all that earlier requests of the run held: one of these may have been trimmed away. */
function messagesBefore({ run, turn, before }: Place): Message[] {
  const messages = new Set(turn.messages?.slice(0, before));
  for (const earlier of run.turns) {
    if (earlier === turn) break;
    const sent = earlier.messages ?? [];
    // mostly each request shows the one before it again
    if ([sent[0], sent[1], sent.at(-1)].every((message) => message === undefined || messages.has(message))) continue;
    for (const message of sent) messages.add(message);
  }
  return [...messages];
}

const MOST_OFFERED = 1_000_000;

function sizeOf({ text, results }: Message): number {
  return results.reduce((sum, { content }) => sum + content.length, 100 + (text?.length ?? 0));
}

/** Histories share the objects of equal messages, so each is read once. */
const known = new WeakMap<Message, string>();

function textOf(message: Message): string {
  let text = known.get(message);
  if (text === undefined) {
    const { calls, results } = message;
    const parts = [message.text ?? "", ...calls.map((one) => one.argumentsRaw ?? ""), ...results.map((r) => r.content)];
    known.set(message, (text = squash(parts.join("\n"))));
  }
  return text;
}

/** What of a name is enough to know it: all of it, a group of three digits or more, a file's name, who an address is of. */
function partsOf(name: string): string[] {
  const last = name
    .replace(/[\\/]+$/, "")
    .split(/[\\/]/)
    .at(-1)!;
  const local = name.includes("@") ? name.slice(0, name.indexOf("@")) : "";
  const words = [name, last, local].map(squash).filter((part) => part.length >= 3);
  return [...new Set([...words, ...(name.match(/\d{3,}/g) ?? [])])];
}
