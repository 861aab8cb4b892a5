import type { Evidence, Scope } from "../records/evidence.ts";
import { scopeOf } from "../records/evidence.ts";
import type { Fact } from "../records/fact.ts";
import type { Message, RequestedCall, ToolDefinition } from "../records/records.ts";

type Body = Fact extends infer One ? (One extends Fact ? Omit<One, "scope" | "evidence" | "time"> : never) : never;

/** Facts of one source, in short: `log.at(3)(...)` is said by line 3 of the log. */
export function teller(source: string, known: Partial<Scope> = {}) {
  const scope = scopeOf(source, known);
  const at =
    (line: number, more: Partial<Scope> = {}) =>
    (body: Body): Fact => {
      const own = { ...scope, ...more };
      const kind = own.spanId === null ? "log" : "span";
      const evidence: Evidence = {
        kind,
        source,
        line,
        byteOffset: line * 100,
        traceId: own.traceId,
        spanId: own.spanId,
        messageIndex: null,
        callId: null,
        excerpt: `${source}:${line}`,
        highlight: null,
      };
      return { ...body, scope: own, evidence, time: BigInt(line) * 1_000_000_000n };
    };
  return { at };
}

export function call(id: string | null, name: string, args: unknown = {}): RequestedCall {
  return { id, name, argumentsRaw: typeof args === "string" ? args : JSON.stringify(args) };
}

export function requested(one: RequestedCall, index = 0): Body {
  return { kind: "requested", call: one, index };
}

export function returned(
  callId: string | null,
  content: string,
  tool: string | null = null,
  isError: boolean | null = null,
): Body {
  return { kind: "returned", result: { callId, tool, content, isError }, seenBy: "framework" };
}

export function executed(
  callId: string | null,
  tool: string,
  args: unknown,
  outcome: "started" | "ok" | "failed" = "ok",
): Body {
  const argumentsRaw = args === null ? null : JSON.stringify(args);
  const error = outcome === "failed" ? { type: "ValueError", message: "no", stack: null } : null;
  return { kind: "executed", callId, tool, argumentsRaw, outcome, error, durationNs: null };
}

export function offered(...tools: (string | ToolDefinition)[]): Body {
  return {
    kind: "offered",
    tools: tools.map((tool) => (typeof tool === "string" ? { name: tool, description: null, schema: null } : tool)),
  };
}

export function asked(...messages: Message[]): Body {
  return { kind: "asked", messages, options: {} };
}

export function answered(calls: RequestedCall[], text: string | null = null, finishReason: string | null = null): Body {
  return { kind: "answered", finishReason, text, calls, complete: true };
}

export const user = (text: string): Message => ({ role: "user", text, calls: [], results: [] });
export const assistant = (...calls: RequestedCall[]): Message => ({
  role: "assistant",
  text: null,
  calls,
  results: [],
});
export const tool = (callId: string, content: string): Message => ({
  role: "tool",
  text: null,
  calls: [],
  results: [{ callId, tool: null, content, isError: null }],
});
