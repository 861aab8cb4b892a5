import type { Emit, LogDialect } from "../records/dialect.ts";
import type { LogRecord, Span } from "../records/records.ts";
import { jsSpan } from "../ingest/exports/console-js.ts";
import { pythonSpan } from "../ingest/exports/console-python.ts";
import { parseInspect } from "../ingest/exports/inspect.ts";
import { object } from "../ingest/json/access.ts";
import { parseJsonText } from "../ingest/json/parse.ts";
import { spanDialects } from "./spans.ts";

/** Spans that the SDKs' console exporters print between a program's other output, indented over many lines. */
export const consoleSpans: LogDialect = {
  name: "console-spans",
  literals: ['"trace_id": "0x', "instrumentationscope: {"],
  open: () => ({
    read(record, emit) {
      const span = record.text.trimStart().startsWith("{") ? spanIn(record) : null;
      if (span === null) return "none";
      say(span, emit);
      return "claimed";
    },
  }),
};

function spanIn({ text, line, scope }: LogRecord): Span | null {
  // The closing brace stands at the start of a line, and may be taken for a record of its own.
  const json = parseJsonText(text) ?? parseJsonText(`${text}\n}`);
  if (json !== undefined) return pythonSpan(object(json), scope.source, line);
  const value = (parseInspect(text, text.indexOf("{")) ?? parseInspect(`${text}\n}`, text.indexOf("{")))?.value;
  return value === undefined ? null : jsSpan(object(value), scope.source, line);
}

function say(span: Span, emit: Emit): void {
  let [best, top] = [spanDialects[0], 0];
  for (const dialect of spanDialects) {
    const score = dialect.score(span);
    if (score > top) [best, top] = [dialect, score];
  }
  if (top > 0) best?.read(span, emit);
}
