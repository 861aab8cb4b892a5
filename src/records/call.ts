import type { Evidence, Scope } from "./evidence.ts";
import type { Failure } from "./fact.ts";
import type { Life } from "./life.ts";
import type { Message, RequestedCall, ToolDefinition, ToolResult } from "./records.ts";

/** One tool call, joined from all facts about it. */
export interface ToolCall {
  /** Unique: the call id as the model gave it, or one made of run and order where there is none or others have it too. */
  key: string;
  id: string | null;
  tool: string | null;
  run: string | null;
  scope: Scope;
  time: bigint | null;
  /** The tools offered in the request that was answered by this call; null where that is not known. */
  offered: ToolDefinition[] | null;
  schema: unknown;
  /** The declared form of the result, or null. */
  outputSchema: unknown;
  argumentsRaw: string | null;
  arguments: unknown;
  results: (ToolResult & { seenBy: "framework" | "request"; evidence: Evidence; time: bigint | null })[];
  executions: {
    outcome: "started" | "ok" | "failed" | "cancelled";
    error: Failure | null;
    durationNs: bigint | null;
    evidence: Evidence;
    time: bigint | null;
  }[];
  /** The facts `requested` and `executed` were both seen, or which was not. */
  requested: boolean;
  life: Life;
  /** Evidence for each stage that is `ok` or `failed`. */
  evidence: Partial<Record<keyof Life, Evidence>>;
}

/** One run of an agent: a trace, a conversation, or what one process did between two starts. */
export interface Run {
  id: string;
  scope: Scope;
  start: bigint | null;
  end: bigint | null;
  calls: ToolCall[];
  /** Model requests of the run in order, each with what was sent and what came back. */
  turns: Turn[];
  ended: { outcome: "ok" | "failed" | "stopped"; reason: string | null; evidence: Evidence } | null;
}

export interface Turn {
  scope: Scope;
  time: bigint | null;
  evidence: Evidence;
  offered: ToolDefinition[] | null;
  messages: Message[] | null;
  answer: { finishReason: string | null; text: string | null; calls: RequestedCall[]; complete: boolean } | null;
  /** `type`: of the exception. */
  error: {
    status: number | null;
    code: string | null;
    param: string | null;
    type: string | null;
    message: string;
  } | null;
  options: Record<string, unknown>;
}
