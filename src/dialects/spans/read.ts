import type { Emit, SpanDialect } from "../../records/dialect.ts";
import { scopeOf } from "../../records/evidence.ts";
import type { Span } from "../../records/records.ts";
import { speaker } from "../speaker.ts";
import { sayAgent } from "./agent.ts";
import { pickText } from "./attributes.ts";
import { errorOfSpan } from "./errors.ts";
import { sayFailure } from "./failure.ts";
import { frameworkOf } from "./frameworks.ts";
import { sayModel } from "./model.ts";
import { agentSeen } from "./plain.ts";
import { processEnd } from "./process-end.ts";
import { keysOf, type SpanTable } from "./table.ts";
import { sayTool } from "./tool.ts";

/** A dialect as the registry has it, from its table. */
export function spanDialect(table: SpanTable): SpanDialect {
  return { name: table.name, score: (span) => table.score(span), read: (span, emit) => readSpan(span, table, emit) };
}

/** Says what one span means, by the table of its dialect. */
function readSpan(span: Span, table: SpanTable, emit: Emit): void {
  const kind = table.kind(span);
  const { attributes, traceId, spanId, parentSpanId, source } = span;
  const agent = table.agent?.(span);
  const scope = scopeOf(source, {
    traceId,
    spanId,
    parentSpanId,
    conversation: pickText(attributes, keysOf(table, "conversation")),
    agent: agent === undefined ? pickText(attributes, keysOf(table, "agent")) : agent,
    model: pickText(attributes, keysOf(table, "model")),
    framework: table.framework ?? frameworkOf(span),
  });
  if (kind !== "none") agentSeen(traceId, emit);
  // A span is found by its ids; a line would be that of a whole batch, and differ between the formats of one telemetry.
  const voice = speaker(emit, scope, { kind: "span", source, line: null, traceId, spanId });
  const error = errorOfSpan(span);
  if (kind === "tool") sayTool(span, table, voice, error);
  else if (kind === "model") sayModel(span, table, voice, error);
  else {
    if (kind === "agent" || kind === "chain") sayAgent(span, table, voice, kind, error);
    if (processEnd(span) === null) sayFailure(span, voice, error);
  }
  table.also?.(span, voice);
}
