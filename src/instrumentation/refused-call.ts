import { SpanStatusCode, type Context } from "./api.ts";
import { errorWords, recordable } from "./content.ts";
import { settings } from "./settings.ts";
import { tracer } from "./telemetry.ts";

/** A call that a framework refused before it executed anything: its `execute_tool` span, with the stage that failed. */
export interface RefusedCall {
  tool: string;
  id: string | null;
  raw: string | null;
  stage: "parsed" | "looked-up" | "validated";
  type: string;
  /** The framework's words; what they quote of the arguments is content. */
  message: string;
}

export function tellRefused({ tool, id, raw, stage, type, message }: RefusedCall, parent: Context): void {
  const { content, args } = settings();
  const span = tracer().startSpan(
    `execute_tool ${tool}`,
    {
      attributes: {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": tool,
        "gen_ai.tool.type": "function",
        ...(id === null ? {} : { "gen_ai.tool.call.id": id }),
        ...(raw !== null && (content || args) ? { "gen_ai.tool.call.arguments": recordable(raw) } : {}),
        "error.type": type,
        "misfire.stage": stage,
      },
    },
    parent,
  );
  span.setStatus({ code: SpanStatusCode.ERROR, message: recordable(errorWords(message)) });
  span.end();
}
