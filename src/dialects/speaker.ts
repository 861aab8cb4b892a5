import type { Emit } from "../records/dialect.ts";
import type { Evidence, Scope } from "../records/evidence.ts";
import type { Fact } from "../records/fact.ts";
import type { Exchange, Message, RequestedCall, ToolDefinition, ToolResult } from "../records/records.ts";
import type { Place, Text } from "../records/text.ts";
import { plainResult, saysFailed } from "./plain-result.ts";
import { withShellCalls } from "./mini-swe.ts";
import { reactOf } from "./react.ts";
import { STUCK, withCallsFromText } from "./smolagents.ts";

/** A fact without what all facts of one record share. */
export type Saying = Fact extends infer One
  ? One extends Fact
    ? Omit<One, "scope" | "evidence" | "time">
    : never
  : never;

/** One request to a model and what came of it, in neutral terms: what every dialect of model calls ends in. */
export interface ModelCall {
  /** Null: not recorded. */
  tools: ToolDefinition[] | null;
  messages: Message[] | null;
  options: Record<string, unknown>;
  answer: Exchange["answer"];
  /** `text`: what signatures look at, where there is more than the message (a stack). */
  error: (NonNullable<Exchange["error"]> & { errorType?: string | null; text?: string }) | null;
  startNs: bigint | null;
  endNs: bigint | null;
}

/** Says what one span, exchange or log record means: facts and texts with its scope and place. */
export interface Speaker {
  readonly scope: Scope;
  fact(saying: Saying, time: bigint | null, excerpt: string, callId?: string | null): void;
  text(place: Place, text: string | null, time: bigint | null, about?: About): void;
  /** Offer, request, answer or refusal, with the texts in them. */
  modelCall(call: ModelCall): void;
  /** A result as the framework gave it back, and its text. */
  returned(result: ToolResult, time: bigint | null): void;
}

export interface About {
  flagged?: boolean | null;
  recovered?: true;
  tool?: string | null;
  callId?: string | null;
  messageIndex?: number;
}

type Where = Pick<Evidence, "kind" | "source" | "line" | "traceId" | "spanId"> & { messageIndex?: number | null };

export function speaker(emit: Emit, scope: Scope, where: Where): Speaker {
  return new Voice(emit, scope, where);
}

class Voice implements Speaker {
  readonly scope: Scope;
  #emit: Emit;
  #where: Where;

  constructor(emit: Emit, scope: Scope, where: Where) {
    this.scope = scope;
    this.#emit = emit;
    this.#where = where;
  }

  fact(saying: Saying, time: bigint | null, excerpt: string, callId: string | null = null): void {
    // what is said is made for this alone
    const fact = saying as Fact;
    fact.scope = this.scope;
    fact.evidence = this.#evidence(excerpt, callId, null);
    fact.time = time;
    this.#emit.fact(fact);
  }

  text(place: Place, text: string | null, time: bigint | null, about: About = NOTHING_ELSE): void {
    if (text === null || text.trim() === "") return;
    const { flagged = null, recovered, tool = null, callId = null, messageIndex } = about;
    const isResult = place === "tool-result";
    const said: Text = {
      place,
      text: isResult ? plainResult(text) : text,
      flagged: flagged ?? (isResult && saysFailed(text) ? true : null),
      evidence: this.#evidence("", callId, messageIndex ?? null),
      scope: this.scope,
      time,
      tool,
      callId,
      hits: null,
      lines: null,
      level: null,
    };
    if (recovered) said.recovered = recovered;
    this.#emit.text(said);
  }

  modelCall(call: ModelCall): void {
    sayModelCall(this, call);
  }

  returned(result: ToolResult, time: bigint | null): void {
    this.fact({ kind: "returned", result, seenBy: "framework" }, time, result.content, result.callId);
    this.text("tool-result", result.content, time, {
      flagged: result.isError,
      tool: result.tool,
      callId: result.callId,
    });
  }

  #evidence(excerpt: string, callId: string | null, messageIndex: number | null): Evidence {
    const { kind, source, line, traceId, spanId } = this.#where;
    return {
      kind,
      source,
      line,
      byteOffset: null,
      traceId,
      spanId,
      messageIndex: messageIndex ?? this.#where.messageIndex ?? null,
      callId,
      excerpt: clip(excerpt),
      highlight: null,
    };
  }
}

const NOTHING_ELSE: About = {};

function sayModelCall(
  voice: Speaker,
  { tools: given, messages: sent, options, answer: said, error, startNs, endNs }: ModelCall,
): void {
  const react = sent === null ? null : reactOf(sent);
  const messages = react?.messages ?? (sent === null ? null : withShellCalls(withCallsFromText(sent)));
  const tools = given ?? react?.tools ?? null;
  const answer = react === null ? said : react.answer(said);
  if (tools !== null) voice.fact({ kind: "offered", tools }, startNs, tools.map(({ name }) => name).join(", "));
  if (messages !== null) {
    voice.fact(
      { kind: "asked", messages, options },
      startNs,
      messages.findLast(({ text }) => text !== null)?.text ?? "",
    );
    sayResults(voice, messages, startNs);
    if (messages[0]?.text?.startsWith(STUCK) === true) voice.text("status", STUCK, startNs);
  }
  if (error !== null) {
    const { status, code, param, message, type, errorType = null } = error;
    voice.fact({ kind: "model-failed", status, code, param, message, errorType: errorType ?? type }, endNs, message);
    voice.text("model-error", error.text ?? errorText(error), endNs, { flagged: true });
  }
  if (answer === null) return;
  const { message, finishReason, complete, faults } = answer;
  voice.fact(
    {
      kind: "answered",
      finishReason,
      text: message.text,
      calls: message.calls,
      complete,
      ...(faults === undefined ? {} : { faults }),
    },
    endNs,
    message.text ?? message.calls.map(callText).join(" "),
  );
  message.calls.forEach((call, index) => {
    voice.fact({ kind: "requested", call, index }, endNs, callText(call), call.id);
    voice.text("arguments", call.argumentsRaw, endNs, { tool: call.name, callId: call.id });
  });
  voice.text("model-text", message.text, endNs);
  // Hosted tools answer inside of the model's own message.
  for (const result of message.results) voice.returned(result, endNs);
}

/** The texts of the results that a request shows. The library takes the same result of later requests once. */
function sayResults(voice: Speaker, messages: readonly Message[], time: bigint | null): void {
  const names = new Map(messages.flatMap(({ calls }) => calls.map(({ id, name }) => [id, name] as const)));
  messages.forEach(({ results }, messageIndex) => {
    for (const { content, isError, tool, callId } of results) {
      voice.text("tool-result", content, time, {
        flagged: isError,
        tool: tool ?? names.get(callId) ?? null,
        callId,
        messageIndex,
      });
    }
  });
}

/** What providers' signatures look at, on one line as clients print it: `Error code: 429 - rate_limit_exceeded tokens: Rate limit reached ...`. */
function errorText({ status, code, type, message }: NonNullable<Exchange["error"]>): string {
  const labels = [code, type]
    .filter((label) => label !== null && label !== String(status) && !message.includes(label))
    .join(" ");
  const known = status === null || message.startsWith("Error code:") ? "" : `Error code: ${status} - `;
  return labels === "" ? known + message : `${known}${labels}: ${message}`;
}

export function callText({ name, argumentsRaw }: RequestedCall): string {
  return `${name ?? "?"}(${argumentsRaw ?? ""})`;
}

const LONGEST_EXCERPT = 320;

function clip(text: string): string {
  if (text.length <= LONGEST_EXCERPT && !text.includes("\n") && text.charCodeAt(0) > 32) return text;
  const start = text.search(/\S/);
  if (start < 0) return "";
  const end = text.indexOf("\n", start);
  const line = text.slice(start, end < 0 ? text.length : end);
  return line.length > LONGEST_EXCERPT ? `${line.slice(0, LONGEST_EXCERPT)}…` : line;
}
