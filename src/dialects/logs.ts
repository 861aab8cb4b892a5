import type { LogDialect } from "../records/dialect.ts";
import { consoleSpans } from "./console-spans.ts";
import { adkEvents } from "./logs/adk-events.ts";
import { agUi } from "./logs/ag-ui.ts";
import { aiSdkUi } from "./logs/ai-sdk-ui.ts";
import { ag2Classic } from "./logs/ag2-classic.ts";
import { ag2Events } from "./logs/ag2-events.ts";
import { autogenConsole } from "./logs/autogen-console.ts";
import { autogenEvents } from "./logs/autogen-events.ts";
import { autogenMessages } from "./logs/autogen-messages.ts";
import { autogenProse } from "./logs/autogen-prose.ts";
import { crewai } from "./logs/crewai.ts";
import { haystackPrint } from "./logs/haystack.ts";
import { langchainPrint } from "./logs/langchain-print.ts";
import { mcpFrames } from "./logs/mcp-frames.ts";
import { nodeInspect } from "./logs/node-inspect.ts";
import { prose } from "./logs/prose.ts";
import { rig } from "./logs/rig.ts";
import { smolagents } from "./logs/smolagents.ts";
import { structured } from "./logs/structured.ts";

/** The dialects of text logs, in the order in which they are tried: the first that claims a record keeps it; the general ones come last. */
export const logDialects: LogDialect[] = [
  consoleSpans,
  autogenConsole,
  autogenEvents,
  autogenMessages,
  autogenProse,
  ag2Classic,
  ag2Events,
  langchainPrint,
  crewai,
  smolagents,
  haystackPrint,
  adkEvents,
  mcpFrames,
  nodeInspect,
  rig,
  agUi,
  aiSdkUi,
  structured,
  prose,
];
