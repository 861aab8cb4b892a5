import type { Span } from "../../records/records.ts";
import { object, text } from "../../ingest/json/access.ts";
import { autogenCalls, autogenResults } from "../logs/autogen-objects.ts";
import { parsePython, PythonCall } from "../logs/python-repr.ts";
import { callText, type Speaker } from "../speaker.ts";
import { fromJson } from "./attributes.ts";

/**
 * OpenInference for AutoGen's teams has no span for the model: what the agents publish is all that tells of calls, as the repr of an event,
 * `message=ToolCallRequestEvent(..., content=[FunctionCall(id='c1', arguments='{}', name='f')], ...)`.
 */
export function sayPublished({ scope, name, attributes, startNs }: Span, voice: Speaker): void {
  if (!scope.name.endsWith("autogen_agentchat") || !name.endsWith(".publish_message")) return;
  const said = text(object(fromJson(attributes["input.value"]))["message"]);
  const event = said?.startsWith(OF_MESSAGE) === true ? parsePython(said, OF_MESSAGE.length)?.value : null;
  if (!(event instanceof PythonCall)) return;
  const { content, source } = event.fields;
  if (event.name === "ToolCallRequestEvent")
    autogenCalls(content ?? null).forEach((call, index) =>
      voice.fact({ kind: "requested", call, index }, startNs, callText(call), call.id),
    );
  else if (event.name === "ToolCallExecutionEvent")
    for (const result of autogenResults(content ?? null)) voice.returned(result, startNs);
  else if (typeof content !== "string" || source === "user") return;
  else if (event.name === "StopMessage") voice.text("status", content, startNs);
  else if (event.name === "TextMessage") voice.text("model-text", content, startNs);
}

const OF_MESSAGE = "message=";
