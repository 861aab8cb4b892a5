/**
 * Where a fact stands in a span's attributes, under all the names that dialects have for it (formats.md section 2.3), the
 * most trustworthy first. A dialect may put names of its own before these.
 */
export const KEYS = {
  operation: ["gen_ai.operation.name", "operation.name", "llm.request.type"],
  model: [
    "gen_ai.request.model",
    "llm.request.model",
    "llm.request.model_name",
    "llm.model_name",
    "ai.model.id",
    "langfuse.observation.model.name",
    "mlflow.llm.model",
    "gen_ai.response.model",
    "llm.response.model_name",
    "ai.response.model",
    "model_name",
  ],
  agent: ["gen_ai.agent.name", "agent.name", "agent_name", "graph.node.id", "ai.telemetry.functionId"],
  conversation: [
    "gen_ai.conversation.id",
    "session.id",
    "langfuse.session.id",
    "gcp.vertex.agent.session_id",
    "traceloop.association.properties.session_id",
    "traceloop.association.properties.thread_id",
    "langsmith.metadata.thread_id",
    "langsmith.metadata.session_id",
    "langsmith.metadata.conversation_id",
    "mlflow.trace.session",
    "ai.telemetry.metadata.sessionId",
    "thread_id",
  ],
  tool: ["gen_ai.tool.name", "tool.name", "ai.toolCall.name", "tool_name", "mcp.tool.name", "flue.tool.name", "function_name", "function.name"],
  callId: ["gen_ai.tool.call.id", "tool_call.id", "tool.id", "ai.toolCall.id", "tool_use_id", "tool_call_id", "flue.tool.call_id"],
  /** Raw, as the model wrote them or as a tracer made JSON of them. */
  arguments: ["gen_ai.tool.call.arguments", "tool_arguments", "ai.toolCall.args", "ai.toolCall.input", "gcp.vertex.agent.tool_call_args", "gen_ai.tool.input", "flue.tool.arguments", "tool_input", "tool.arguments", "tool.input", "arguments"],
  /** Fields for the input of any span: a bare text there has lost the argument's name. */
  input: ["input.value", "traceloop.entity.input", "mlflow.spanInputs", "langfuse.observation.input", "input"],
  result: ["gen_ai.tool.call.result", "tool_response", "ai.toolCall.result", "ai.toolCall.output", "gcp.vertex.agent.tool_response", "gen_ai.tool.output", "flue.tool.result", "mcp.tool.result", "tool.result", "tool.output", "result"],
  output: ["output.value", "traceloop.entity.output", "mlflow.spanOutputs", "langfuse.observation.output", "lk.function_tool.output", "output"],
  tools: ["gen_ai.tool.definitions", "ai.prompt.tools", "llm.tools", "mlflow.chat.tools", "gen_ai.request.tools"],
  finish: ["gen_ai.response.finish_reasons", "gen_ai.response.finish_reason", "llm.finish_reason", "ai.response.finishReason", "stop_reason", "gen_ai.completion.0.finish_reason", "finish_reasons", "finish_reason"],
  errorType: ["error.type", "error_type"],
  errorMessage: ["error.message", "error_message", "langfuse.observation.status_message", "exception.message", "error"],
  httpStatus: ["http.response.status_code", "http.status_code", "status_code", "error.status_code"],
} as const satisfies Record<string, readonly string[]>;

export type KeyName = keyof typeof KEYS;

/** Operations by `gen_ai.operation.name`, those of old and vendor versions too. What is not here tells nothing. */
export const OPERATIONS: Readonly<Record<string, SpanKind>> = {
  chat: "model",
  text_completion: "model",
  generate_content: "model",
  completion: "model",
  generate: "model",
  llm_request: "model",
  execute_tool: "tool",
  "tool.execute": "tool",
  tool: "tool",
  invoke_agent: "agent",
  "agent.run": "agent",
  conversation: "agent",
  invoke_workflow: "agent",
  "workflow.run": "agent",
  agent_step: "chain",
  execute_task: "chain",
  chain: "chain",
  plan: "chain",
  parser: "chain",
  prompt: "chain",
  create_agent: "none",
  embeddings: "none",
  embedding: "none",
  retrieval: "none",
  rerank: "none",
};

/** `none`: a span that says nothing about calls. */
export type SpanKind = "model" | "tool" | "agent" | "chain" | "none";
