import type { Evidence, Scope } from "./evidence.ts";
import type { Message, RequestedCall, ToolDefinition, ToolResult } from "./records.ts";

interface Base {
  scope: Scope;
  evidence: Evidence;
  time: bigint | null;
}

/** What one piece of telemetry says about one stage of one call or run. Words are those of OTel GenAI. */
export type Fact = Base &
  /** `to: "agent"`: what an agent has for all of its requests, where these do not say it themselves. */
  (
    | { kind: "offered"; tools: ToolDefinition[]; to?: "agent" }
    /** A model request went out with this history: the witness of what was returned and consumed. */
    | { kind: "asked"; messages: Message[]; options: Record<string, unknown> }
    /** The model answered. `calls` are also given one by one as `requested`. */
    | {
        kind: "answered";
        finishReason: string | null;
        text: string | null;
        calls: RequestedCall[];
        complete: boolean;
        faults?: string[];
      }
    | { kind: "requested"; call: RequestedCall; index: number }
    | {
        kind: "parsed" | "looked-up" | "validated";
        callId: string | null;
        tool: string | null;
        ok: boolean;
        reason: string | null;
      }
    | {
        kind: "executed";
        callId: string | null;
        tool: string;
        argumentsRaw: string | null;
        outcome: "started" | "ok" | "failed" | "cancelled";
        error: Failure | null;
        durationNs: bigint | null;
      }
    /** A result as the framework gave it back, or as the next request shows it (`seenBy: "request"`). */
    | { kind: "returned"; result: ToolResult; seenBy: "framework" | "request" }
    | {
        kind: "model-failed";
        status: number | null;
        code: string | null;
        param: string | null;
        message: string;
        errorType: string | null;
      }
    | { kind: "run-started"; name: string | null }
    | { kind: "run-ended"; outcome: "ok" | "failed" | "stopped"; reason: string | null }
  );

export type FactKind = Fact["kind"];

export interface Failure {
  type: string | null;
  message: string | null;
  stack: string | null;
}
