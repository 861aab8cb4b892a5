import type { Attributes } from "./api.ts";
import { answerOf, messagesOf, toolsOf } from "../provider-messages.ts";
import { messagesJson, recordable } from "./content.ts";
import { requestAttributes, responseAttributes, usageOf } from "./model-attributes.ts";
import { settings } from "./settings.ts";

/** What the data of a span says, by the names of the GenAI conventions. */
export function attributesOf(data: { type: string } & Record<string, unknown>): Attributes {
  if (data.type === "agent")
    return { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": String(data["name"]) };
  if (data.type === "function") return functionAttributes(data);
  const response = (data["_response"] ?? {}) as Record<string, unknown>;
  const output =
    data.type === "response" ? response : ((data["output"] as Record<string, unknown>[] | undefined)?.[0] ?? {});
  const model = data["model"] ?? response["model"];
  const tools = response["tools"] === undefined ? null : toolsOf(response["tools"]);
  const body = {
    ...(typeof model === "string" ? { model } : {}),
    ...(settings().content ? { input: data["_input"] ?? data["input"] } : {}),
    instructions: response["instructions"],
  };
  const found: Attributes = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    ...(typeof model === "string" ? { "gen_ai.request.model": model } : {}),
    ...requestAttributes({ provider: "openai", operation: "chat", body, url: null }, tools),
    ...responseAttributes(output, usageOf(output)),
  };
  const answer =
    answerOf(output) ??
    (output["role"] === "assistant" ? { message: messagesOf([output])[0]!, finishReason: null, complete: true } : null);
  if (answer === null) return found;
  if (answer.message.calls.length > 0 || settings().content)
    found["gen_ai.output.messages"] = messagesJson([answer.message], answer.finishReason);
  if (answer.finishReason !== null) found["gen_ai.response.finish_reasons"] = [answer.finishReason];
  return found;
}

function functionAttributes({ name, input, output }: Record<string, unknown>): Attributes {
  const { content, args } = settings();
  return {
    "gen_ai.operation.name": "execute_tool",
    "gen_ai.tool.name": String(name),
    "gen_ai.tool.type": "function",
    ...(typeof input === "string" && (content || args) ? { "gen_ai.tool.call.arguments": recordable(input) } : {}),
    ...(typeof output === "string" && content ? { "gen_ai.tool.call.result": recordable(output) } : {}),
  };
}
