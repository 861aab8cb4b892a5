import type { Failure } from "../../records/fact.ts";
import type { Span } from "../../records/records.ts";
import { textOf } from "../json/access.ts";
import { known } from "./langfuse.ts";
import { exportedSpan } from "./span.ts";

/** One step of an agent as a tracing product holds it: what is not known is null. */
export interface Observed {
  ids: { traceId: unknown; spanId: unknown; parentSpanId?: unknown };
  kind: "model" | "tool" | "agent" | "chain";
  name: string;
  startNs: bigint | null;
  endNs: bigint | null;
  /** A request or its messages, and its answer; of a tool its arguments and its result. */
  input: unknown;
  output: unknown;
  model?: string | null;
  /** What was offered, as the request has it. */
  tools?: unknown;
  finish?: string | null;
  callId?: string | null;
  conversation?: string | null;
  error: Failure | null;
}

/** The step as a span of the GenAI conventions, whose scope is the product. */
export function observedSpan(product: string, step: Observed, source: string, line: number): Span | null {
  const { kind, name, endNs, error } = step;
  return exportedSpan(source, line, step.ids, {
    name,
    kind: "internal",
    startNs: step.startNs,
    endNs,
    status: { code: error === null ? "unset" : "error", message: error?.message ?? null },
    attributes: known({
      "gen_ai.operation.name": OPERATIONS[kind],
      "gen_ai.tool.name": kind === "tool" ? name : null,
      "gen_ai.tool.call.id": step.callId,
      "gen_ai.agent.name": kind === "agent" ? name : null,
      "gen_ai.request.model": step.model,
      "gen_ai.tool.definitions": textOf(step.tools),
      "gen_ai.response.finish_reasons": step.finish,
      "gen_ai.conversation.id": step.conversation,
      "input.value": textOf(step.input),
      "output.value": textOf(step.output),
    }),
    events: error === null ? [] : [{ timeNs: endNs, name: "exception", attributes: exception(error) }],
    scope: { name: product, version: null, attributes: {} },
  });
}

const OPERATIONS = { model: "chat", tool: "execute_tool", agent: "invoke_agent", chain: "chain" } as const;

function exception({ type, message, stack }: Failure): Record<string, unknown> {
  return known({ "exception.type": type, "exception.message": message, "exception.stacktrace": stack });
}
