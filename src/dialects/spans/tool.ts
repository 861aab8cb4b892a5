import type { Span } from "../../records/records.ts";
import type { Saying, Speaker } from "../speaker.ts";
import { pick, pickText } from "./attributes.ts";
import type { SpanError } from "./errors.ts";
import { sayFailure } from "./failure.ts";
import { processEnd, sayProcessEnd } from "./process-end.ts";
import { keysOf, type Refused, type SpanTable } from "./table.ts";
import { argumentsOf, toolResultOf } from "./unwrap.ts";

/** A tool's execution: that it ran, how it ended, and what it gave back. */
export function sayTool(span: Span, table: SpanTable, voice: Speaker, error: SpanError | null): void {
  const { startNs, endNs } = span;
  const attributes = recorded(span.attributes, table.unrecorded);
  const tool = table.tool?.(span) ?? pickText(attributes, keysOf(table, "tool")) ?? nameIn(span.name);
  if (tool === null || tool === "(merged tools)") return;
  const own = pick(attributes, keysOf(table, "arguments"));
  const given =
    own === undefined
      ? argumentsOf(pick(attributes, keysOf(table, "input")) ?? table.input?.(span) ?? pick(attributes, ASKED), false)
      : argumentsOf(own, true);
  const found =
    present(attributes, [...keysOf(table, "result"), ...keysOf(table, "output")]) ??
    table.output?.(span) ??
    pick(attributes, MESSAGE);
  // LangSmith writes an empty object where a tool failed.
  const result = found === undefined || (error !== null && found === "{}") ? null : toolResultOf(found, tool);
  const callId = idOf(pickText(attributes, keysOf(table, "callId"))) ?? idOf(given.callId) ?? result?.callId ?? null;
  const schema = table.schema?.(span) ?? null;
  // Outside of a model request it says how the tool is defined, not what a model was offered.
  if (schema !== null)
    voice.fact(
      {
        kind: "offered",
        tools: [
          { name: tool, description: pickText(attributes, ["tool.description", "gen_ai.tool.description"]), schema },
        ],
      },
      startNs ?? endNs,
      tool,
    );
  const end = processEnd(span);
  const refused = refusalOf(span, table, tool, callId);
  if (refused !== null) {
    voice.fact(refused, startNs ?? endNs, `${tool}(${given.raw ?? ""})`, callId);
    sayFailure(span, voice, error, { tool, callId });
    if (result !== null) voice.returned({ ...result, callId: result.callId ?? callId }, endNs);
    return;
  }
  if (attributes["error.type"] === "not_executed") return sayFailure(span, voice, error, { tool, callId });
  voice.fact(
    {
      kind: "executed",
      callId,
      tool,
      argumentsRaw: given.raw,
      outcome: end !== null ? OUTCOMES[end] : error === null ? "ok" : error.cancelled ? "cancelled" : "failed",
      error: error === null || end !== null ? null : { type: error.type, message: error.message, stack: error.stack },
      durationNs: startNs !== null && endNs !== null && endNs >= startNs ? endNs - startNs : null,
    },
    startNs ?? endNs,
    `${tool}(${given.raw ?? ""})`,
    callId,
  );
  if (end !== null) return sayProcessEnd(span, voice, { tool, callId });
  sayFailure(span, voice, error, { tool, callId });
  if (error !== null) for (const text of misfits(span, tool)) voice.text("status", text, endNs, { tool, callId });
  // a span that failed and says nothing else has the reason in its result
  const isError = result?.isError ?? (error?.certain === true && error.message === null ? true : null);
  if (result !== null) voice.returned({ ...result, callId: result.callId ?? callId, isError }, endNs);
}

/** TanStack AI: what a tool was given and gave back as the only message of a list. */
const ASKED = ["gen_ai.input.messages"];
const MESSAGE = ["gen_ai.output.messages"];

/** What was killed is cancelled, what else was open is not answered. */
const OUTCOMES = { killed: "cancelled", gone: "started" } as const;

/** Our own instrumentation and Pydantic AI open a span also for a call that nobody could execute, and say where it broke. */
function refusalOf(span: Span, table: SpanTable, tool: string, callId: string | null): Saying | null {
  const kind = table.refused?.(span) ?? REFUSED.find((stage) => stage === span.attributes["misfire.stage"]);
  return kind === undefined ? null : { kind, callId, tool, ok: false, reason: span.status.message };
}

const REFUSED: readonly Refused[] = ["parsed", "looked-up", "validated"];

/** What it says of arguments that do not fit the schema of a tool that was executed all the same, and failed. */
function misfits({ events }: Span, tool: string): string[] {
  return events
    .filter(({ name }) => name === "misfire.arguments")
    .slice(0, 1)
    .map(({ attributes }) => `Tool call ${tool}: ${String(attributes["misfire.message"])}`);
}

/** The attributes without those that say nothing. */
function recorded(attributes: Span["attributes"], unrecorded: readonly string[] | undefined): Span["attributes"] {
  if (unrecorded === undefined) return attributes;
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => !unrecorded.includes(value as string)));
}

/** Unlike `pick`, an empty result is a result. */
function present(attributes: Span["attributes"], keys: readonly string[]): unknown {
  const key = keys.find((name) => attributes[name] !== undefined && attributes[name] !== null);
  return key === undefined ? undefined : attributes[key] === "" ? "" : pick(attributes, [key]);
}

/** Agent Framework and ADK write a word where there is no id. */
function idOf(id: string | null): string | null {
  return id === null || id === "" || id === "unknown" || id === "None" ? null : id;
}

/** `execute_tool x`, `tools/call x`, `MCP send tools/call x`, `x.tool`, `x.run`, `tool.execute x`, `running tool: x`, Quarkus' `langchain4j.tools.x`. */
export function nameIn(name: string): string | null {
  return NAMED.exec(name)?.[1] ?? PREFIXED.exec(name)?.[1] ?? SUFFIXED.exec(name)?.[1] ?? null;
}

const NAMED = /^(?:(?:MCP send )?tools\/call|execute_tool|tool\.execute|running tool:?|ai\.toolCall|Function:) (\S.*)$/;
const PREFIXED = /^langchain4j\.tools\.(\S.*)$/;
const SUFFIXED = /^(\S+)\.(?:tool|run)$/;
