export { traceAgent } from "./agent.ts";
export { instrumentAnthropic } from "./anthropic.ts";
export { swallowedErrors } from "./guard.ts";
export { logContext } from "./log-context.ts";
export { MisfireInstrumentation, type MisfireConfig } from "./misfire-instrumentation.ts";
export { instrumentOpenAI } from "./openai.ts";
export { configure, type Logger, type Settings } from "./settings.ts";
export { tool, traceTool, type ToolContext } from "./tools.ts";
