export { traceAgent } from "./agent.ts";
export { swallowedErrors } from "./guard.ts";
export { instrumentOpenAI } from "./openai.ts";
export { configure, type Settings } from "./settings.ts";
export { tool, traceTool, type ToolContext } from "./tools.ts";
