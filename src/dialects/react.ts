import type { Exchange, Message, RequestedCall, ToolDefinition } from "../records/records.ts";
import { object, textOf } from "../ingest/json/access.ts";
import { parsePython } from "./logs/python-repr.ts";

/**
 * ReAct: a prompt that teaches to write `Action: x\nAction Input: {...}` and shows what came of it as `Observation: y`, behind the call
 * (CrewAI, LangChain, where the prompt itself may hold all steps) or in a message of the user (LlamaIndex). Null: another way of calling.
 */
export function reactOf(messages: readonly Message[]): React | null {
  const prompt = messages
    .slice(0, 2)
    .map(({ text }) => text ?? "")
    .find((text) => text.includes("Action Input:") && TEMPLATE.test(text));
  if (prompt === undefined) return null;
  return { tools: toolsIn(prompt), messages: messages.flatMap(stepsOf), answer: answerOf };
}

interface React {
  /** As the prompt lists them; null where it does not. */
  tools: ToolDefinition[] | null;
  messages: Message[];
  answer(given: Exchange["answer"]): Exchange["answer"];
}

const TEMPLATE = /(?:^|\n)Action: (?:the action to take|tool name)\b/;

/** `Tool Name: x` with `Tool Arguments: {'id': {'type': 'str'}}` (CrewAI) or without (LlamaIndex); else the names of `one of [a, b]`. */
function toolsIn(prompt: string): ToolDefinition[] | null {
  const listed = [...prompt.matchAll(LISTED)].slice(0, MOST).map(([, name = "", args]) => tool(name.trim(), args));
  if (listed.length > 0) return listed;
  const names = /\bone (?:name )?of \[([^\]\n]{1,8000})\]/.exec(prompt)?.[1]?.split(",") ?? [];
  return names.length === 0
    ? null
    : names.slice(0, MOST).map((name) => tool(name.trim().replaceAll(/^['"]|['"]$/g, "")));
}

const LISTED = /(?:^|\n)(?:> )?Tool Name: ([^\n]{1,120})(?:\nTool Arguments: (\{[^\n]{0,8000}\}))?/g;
const MOST = 1000;

function tool(name: string, args?: string): ToolDefinition {
  const properties = Object.entries(object(args === undefined ? null : (parsePython(args)?.value ?? null)));
  const typed = properties.map(([key, value]) => [key, typeOf(textOf(object(value)["type"]))] as const);
  const schema = args === undefined ? null : { type: "object", properties: Object.fromEntries(typed) };
  return { name, description: null, schema };
}

function typeOf(python: string | null): object {
  const choices = /^Literal\[(.{1,500})\]$/.exec(python ?? "")?.[1];
  if (choices !== undefined)
    return { enum: choices.split(",").map((each) => each.trim().replaceAll(/^['"]|['"]$/g, "")) };
  const type = TYPES[python ?? ""];
  return type === undefined ? {} : { type };
}

const TYPES: Record<string, string> = { str: "string", int: "integer", float: "number", bool: "boolean" };

/** A message as the steps that its text tells. */
function stepsOf(message: Message, index: number, all: readonly Message[]): Message[] {
  const { role, text } = message;
  if (text === null || message.calls.length > 0) return [message];
  if (role === "user" && text.startsWith("Observation:")) return [observed(text.slice(12), lastCall(all, index))];
  const from = role === "assistant" ? 0 : role === "user" && index < 2 ? text.lastIndexOf("\nBegin!") : -1;
  if (from < 0) return [message];
  const steps = [...text.slice(from).matchAll(STEP)].slice(0, MOST).flatMap(([, name, input, result]) => {
    const call = callOf(name, input);
    const asked: Message = { role: "assistant", text: null, calls: [call], results: [] };
    return result === undefined ? [asked] : [asked, observed(result, call)];
  });
  return steps.length === 0 || role !== "user" ? (steps.length === 0 ? [message] : steps) : [message, ...steps];
}

/** The action, its input up to what follows, and the observation up to the next thought. */
const STEP =
  /(?:^|\n)Action:[ \t]*([\w][\w .-]{0,100}?)[ \t]*\nAction Input:[ \t]*((?:(?!\nObservation:|\nThought:|\nAction:)[^]){0,100000})(?:\nObservation:((?:(?!\nThought:|\nAction:|\nFinal Answer:)[^]){0,100000}))?/g;

function lastCall(all: readonly Message[], before: number): RequestedCall | null {
  const text = all[before - 1]?.text ?? "";
  const [, name, input] = [...text.matchAll(STEP)].at(-1) ?? [];
  return name === undefined ? null : callOf(name, input);
}

function callOf(name: string | undefined, input: string | undefined): RequestedCall {
  const bare = (input ?? "").trim().replace(/^```(?:json)?\s*|\s*```$/g, "");
  return { id: null, name: name ?? null, argumentsRaw: bare };
}

/** The input of the last action that a text tells; null: it tells none. */
export function stepInput(text: string): string | null {
  const [, name, input] = [...text.matchAll(STEP)].at(-1) ?? [];
  return name === undefined ? null : callOf(name, input).argumentsRaw;
}

/** A result that is shown to the model as text. */
export function observation(words: string): { content: string; isError: boolean | null } {
  // CrewAI repeats the description of the tool and the format of the prompt.
  const content = words.split(/\n\s{1,4}Tool [^\n]{1,120} accepts these inputs: |\nMoving on then\. /, 1)[0]!.trim();
  return { content, isError: /^(?:I encountered an error\b|Error: )/.test(content) ? true : null };
}

function observed(words: string, call: RequestedCall | null): Message {
  const result = { callId: null, tool: call?.name ?? null, ...observation(words) };
  return { role: "tool", text: null, calls: [], results: [result] };
}

function answerOf(given: Exchange["answer"]): Exchange["answer"] {
  const text = given?.message.text ?? null;
  const [, name, input] =
    text === null || given === null || given.message.calls.length > 0 ? [] : ([...text.matchAll(STEP)].at(-1) ?? []);
  if (given === null || name === undefined) return given;
  return { ...given, message: { ...given.message, text: null, calls: [callOf(name, input)] } };
}
