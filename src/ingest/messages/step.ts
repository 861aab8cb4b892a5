import type { Message } from "../../records/records.ts";
import { text, type Json } from "../json/access.ts";
import { callOf, resultOf } from "./call.ts";

/**
 * A step of a ReAct loop as ToolBench and many home-made loops save it: `{thought, action, action_input, observation}`.
 */
export function isStep(json: Json): boolean {
  return (
    typeof json["action"] === "string" && "action_input" in json && "observation" in json && json["role"] === undefined
  );
}

/** The model's call and what the tool gave. */
export function stepOf(json: Json): Message[] {
  const [tool, said] = [text(json["action"]), text(json["thought"])];
  const call = callOf(null, tool, json["action_input"]);
  const observation = json["observation"];
  const asked: Message = { role: "assistant", text: said, calls: [call], results: [] };
  if (observation === null || observation === undefined) return [asked];
  return [asked, { role: "tool", text: null, calls: [], results: [resultOf(null, tool, observation, null)] }];
}
