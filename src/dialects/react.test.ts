import { expect, test } from "vitest";
import type { Message } from "../records/records.ts";
import { reactOf } from "./react.ts";

const said = (role: string, text: string): Message => ({ role, text, calls: [], results: [] });
const answer = (text: string) => ({ message: said("assistant", text), finishReason: "stop", complete: true });

const FORMAT =
  "Action: the action to take, only one name of [find_room, set_plan], just the name\nAction Input: the input to the action\nObservation: the result of the action";

test("reads CrewAI's tools, calls and observations out of the prompt and the assistant's text", () => {
  const system = `You ONLY have access to the following tools:\n\nTool Name: find_room\nTool Arguments: {'room_id': {'description': None, 'type': 'str'}}\nTool Description: Finds.\nTool Name: set_plan\nTool Arguments: {'plan': {'description': None, 'type': 'Literal[basic, flex]'}}\n\n${FORMAT}`;
  const step =
    'Thought: I look.\nAction: find_room\nAction Input: {"roomId": "214"}\nObservation: \nI encountered an error while trying to use the tool. This was the error: timed out.\n Tool find_room accepts these inputs: Tool Name: find_room\nMoving on then. I MUST either use a tool';
  const react = reactOf([said("system", system), said("user", "Current Task: Is it free?"), said("assistant", step)])!;
  expect(react.tools).toEqual([
    { name: "find_room", description: null, schema: { type: "object", properties: { room_id: { type: "string" } } } },
    {
      name: "set_plan",
      description: null,
      schema: { type: "object", properties: { plan: { enum: ["basic", "flex"] } } },
    },
  ]);
  expect(react.messages.slice(2)).toEqual([
    {
      ...said("assistant", ""),
      text: null,
      calls: [{ id: null, name: "find_room", argumentsRaw: '{"roomId": "214"}' }],
    },
    {
      ...said("tool", ""),
      text: null,
      results: [
        {
          callId: null,
          tool: "find_room",
          content: "I encountered an error while trying to use the tool. This was the error: timed out.",
          isError: true,
        },
      ],
    },
  ]);
  expect(react.answer(answer("Thought: x\nAction: set_plan\nAction Input: {}"))?.message).toEqual({
    ...said("assistant", ""),
    text: null,
    calls: [{ id: null, name: "set_plan", argumentsRaw: "{}" }],
  });
  expect(react.answer(answer("Thought: done\nFinal Answer: free"))?.message.text).toBe(
    "Thought: done\nFinal Answer: free",
  );
});

test("reads LlamaIndex' observations of the user and LangChain's prompt that holds all steps", () => {
  const system = `> Tool Name: find_room\nTool Description: Finds.\n\nAction: tool name (one of find_room) if using a tool.\nAction Input: the input to the tool`;
  const indexed = reactOf([
    said("system", system),
    said("assistant", 'Thought: x\nAction: find_room\nAction Input: {"id": 1}'),
    said("user", "Observation: free"),
  ])!;
  expect(indexed.messages.at(-1)?.results).toEqual([
    { callId: null, tool: "find_room", content: "free", isError: null },
  ]);
  const chained = reactOf([
    said(
      "user",
      `${FORMAT}\n\nBegin!\n\nQuestion: q\nThought: a\nAction: find_room\nAction Input: 1\nObservation: free\nThought:`,
    ),
  ])!;
  expect(chained.tools?.map(({ name }) => name)).toEqual(["find_room", "set_plan"]);
  expect(chained.messages.map(({ role }) => role)).toEqual(["user", "assistant", "tool"]);
});

test("leaves histories alone whose prompt teaches no such format", () => {
  expect(reactOf([said("system", "Help."), said("assistant", "Action: find_room\nAction Input: {}")])).toBeNull();
  expect(reactOf([said("user", "What does `Action Input:` mean in ReAct?")])).toBeNull();
});
