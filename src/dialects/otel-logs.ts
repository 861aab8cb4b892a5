import type { OtelLogDialect } from "../records/dialect.ts";
import { adotEvents } from "./otel-logs/adot.ts";
import { claudeCodeEvents } from "./otel-logs/claude-code.ts";
import { codexEvents } from "./otel-logs/codex.ts";
import { geminiCliEvents } from "./otel-logs/gemini-cli.ts";
import { genaiEvents } from "./otel-logs/genai.ts";
import { logExceptions } from "./otel-logs/exceptions.ts";
import { mastraErrors } from "./otel-logs/mastra.ts";

/** The dialects of log events. The first that reads a log keeps it. */
export const otelLogDialects: OtelLogDialect[] = [
  genaiEvents,
  claudeCodeEvents,
  codexEvents,
  geminiCliEvents,
  mastraErrors,
  adotEvents,
  logExceptions,
];
