import type { Message, RequestedCall } from "../records/records.ts";
import { object, textOf } from "../ingest/json/access.ts";
import { parsePython } from "./logs/python-repr.ts";

/**
 * smolagents sends calls and results as text: `Calling tools:\n[{'id': ...}]` by the assistant, `Observation:\n...` by the user, and a
 * refused call only as `Error:\n... Now let's retry: ...` behind what the user said before. Any other history stays as it is.
 */
export function withCallsFromText(messages: Message[]): Message[] {
  if (!messages.some(speaksSo)) return messages;
  let open: RequestedCall[] = [];
  return messages.flatMap((message) => {
    const text = message.text ?? "";
    if (isModel(message) && text.startsWith(CALLING)) {
      open = callsIn(text.slice(CALLING.length));
      return [{ ...message, text: null, calls: open }];
    }
    const named = text.startsWith(OF_CALL) ? /^Call id: (\S{1,200})\nObservation:\n/.exec(text) : null;
    if (named !== null)
      return [resultMessage(text.slice(named[0].length), open.find(({ id }) => id === named[1]) ?? null, null)];
    if (text.startsWith(OBSERVATION))
      return [resultMessage(text.slice(OBSERVATION.length), open.length === 1 ? (open[0] ?? null) : null, null)];
    return text.includes(RETRY) ? errorsIn(message, text) : [message];
  });
}

/** Said in place of the task when the limit of steps is reached. */
export const STUCK = "An agent tried to answer a user query but it got stuck and failed to do so.";

/** Until 1.14 calls and results had roles of their own. */
const MODEL = new Set(["assistant", "tool-call"]);

function isModel({ role }: Message): boolean {
  return MODEL.has(role);
}

const OF_CALL = "Call id: ";
const CALLING = "Calling tools:\n";
const OBSERVATION = "Observation:\n";
const RETRY = "\nNow let's retry: take care not to repeat previous errors!";
const ERROR = /(?:^|\n)Error:\n([\s\S]*?)\nNow let's retry: take care not to repeat previous errors![^\n]*\n?/g;

function speaksSo({ role, text }: Message): boolean {
  return (
    text !== null &&
    (text.includes(RETRY) ||
      text.startsWith(OBSERVATION) ||
      text.startsWith(OF_CALL) ||
      (MODEL.has(role) && text.startsWith(CALLING)))
  );
}

function callsIn(repr: string): RequestedCall[] {
  const list = parsePython(repr)?.value;
  if (!Array.isArray(list)) return [];
  return list.map((item) => {
    const called = object(object(item)["function"]);
    const args = called["arguments"];
    return {
      id: textOf(object(item)["id"]),
      name: textOf(called["name"]),
      argumentsRaw: textOf(args),
      ...(typeof args === "string" ? {} : { parsed: true }),
    };
  });
}

function errorsIn(message: Message, text: string): Message[] {
  const said = text.replace(ERROR, "").trim();
  const errors = [...text.matchAll(ERROR)].map(([, words = ""]) => resultMessage(words, null, true));
  return [...(said === "" ? [] : [{ ...message, text: said }]), ...errors];
}

function resultMessage(content: string, call: RequestedCall | null, isError: boolean | null): Message {
  const tool = call?.name ?? /tool '([\w.-]{1,100})'/.exec(content)?.[1] ?? null;
  return { role: "tool", text: null, calls: [], results: [{ callId: call?.id ?? null, tool, content, isError }] };
}
