import type { Message, Span } from "../../records/records.ts";
import { firstText, object, objects, type Json } from "../../ingest/json/access.ts";
import { merged } from "../../ingest/messages/answer.ts";
import { finishReasonOf } from "../../ingest/messages/finish.ts";
import { messagesOf } from "../../ingest/messages/messages.ts";
import { fromJson, pickText } from "./attributes.ts";
import { has, operationKind } from "./kinds.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

/**
 * Azure AI Projects (azure.ai.projects.telemetry): messages stand in attributes or, as an option, in span events of the same
 * names; a call's part has the fields of the conventions or, as an option, the item of the Responses API in `content`.
 */
export const azure = spanDialect({
  name: "azure-ai",
  score: (span) => (has(span, "az.namespace") && has(span, "gen_ai.operation.name") ? SCORES.key : 0),
  kind: (span) =>
    pickText(span.attributes, ["gen_ai.operation.name"]) === "responses" ? "model" : (operationKind(span) ?? "none"),
  messages(span) {
    const listed = listedIn(span, "input");
    return listed.length === 0 ? null : messagesIn(listed);
  },
  answer(span) {
    const listed = listedIn(span, "output");
    if (listed.length === 0) return null;
    const message = merged(messagesIn(listed).filter(({ role }) => role === "assistant"));
    const finishReason = finishReasonOf(listed.map((item) => firstText(item["finish_reason"])));
    return { message, finishReason, complete: true };
  },
});

function listedIn({ attributes, events }: Span, side: "input" | "output"): Json[] {
  const name = `gen_ai.${side}.messages`;
  const told = events.filter((event) => event.name === name);
  if (told.length === 0) return objects(fromJson(attributes[name]));
  return told.flatMap((event) => objects(fromJson(event.attributes["gen_ai.event.content"])));
}

function messagesIn(listed: readonly Json[]): Message[] {
  return messagesOf(listed.map((item) => ({ ...item, parts: objects(item["parts"]).map(plainPart) })));
}

/** A hosted tool's item has no function: its part stays as it is. */
function plainPart(part: Json): Json {
  const { id, function: called, output } = object(part["content"]);
  if (part["type"] === "tool_call" && called !== undefined) return { type: "tool_call", id, function: called };
  if (part["type"] === "tool_call_output") return { type: "tool_call_response", id, result: output };
  return part;
}
