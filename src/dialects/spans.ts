import type { SpanDialect } from "../records/dialect.ts";
import { adk, iqaiAdk } from "./spans/adk.ts";
import { aiSdk, aiSdk7 } from "./spans/ai-sdk.ts";
import { autogen } from "./spans/autogen.ts";
import {
  ag2,
  agentFramework,
  claudeCode,
  effectAi,
  llamaIndex,
  semanticKernel,
  voltagent,
} from "./spans/frameworks-genai.ts";
import { geminiCli } from "./spans/gemini-cli.ts";
import { azure } from "./spans/azure.ts";
import { genai } from "./spans/genai.ts";
import { genkit } from "./spans/genkit.ts";
import { haystack } from "./spans/haystack.ts";
import { koog } from "./spans/koog.ts";
import { langfuse } from "./spans/langfuse.ts";
import { langsmith } from "./spans/langsmith.ts";
import { langwatch } from "./spans/langwatch.ts";
import { logfire } from "./spans/logfire.ts";
import { mastra } from "./spans/mastra.ts";
import { mcp } from "./spans/mcp.ts";
import { mlflow } from "./spans/mlflow.ts";
import { monocle } from "./spans/monocle.ts";
import { openaiAgents } from "./spans/openai-agents.ts";
import { openInference } from "./spans/openinference.ts";
import { openlit } from "./spans/openlit.ts";
import { plain } from "./spans/plain.ts";
import { pydanticAi } from "./spans/pydantic-ai.ts";
import { shape } from "./spans/shape.ts";
import { springAi } from "./spans/spring-ai.ts";
import { strands } from "./spans/strands.ts";
import { traceloop } from "./spans/traceloop.ts";

/** The dialects of spans. The highest score reads a span; of equals the first. */
export const spanDialects: SpanDialect[] = [
  koog,
  langfuse,
  openInference,
  langsmith,
  aiSdk,
  aiSdk7,
  pydanticAi,
  logfire,
  adk,
  iqaiAdk,
  claudeCode,
  geminiCli,
  autogen,
  ag2,
  agentFramework,
  semanticKernel,
  effectAi,
  voltagent,
  azure,
  langwatch,
  mastra,
  mlflow,
  monocle,
  strands,
  genkit,
  haystack,
  llamaIndex,
  springAi,
  traceloop,
  openaiAgents,
  mcp,
  openlit,
  genai,
  shape,
  plain,
];
