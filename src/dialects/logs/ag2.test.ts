import { describe, expect, it } from "vitest";
import { ag2Classic } from "./ag2-classic.ts";
import { ag2Events } from "./ag2-events.ts";
import { reading } from "./reading.fixture.ts";

const STARS = "*".repeat(52);

describe("ag2Classic", () => {
  it("reads the blocks of AutoGen 0.2 and AG2 0.14", () => {
    const { requested, returned, kinds, facts } = reading(
      ag2Classic,
      `***** Suggested tool call (call_A1): get_claim *****\nArguments: \n{"claimId": "CL-14"}\n${STARS}`,
      ">>>>>>>> EXECUTING FUNCTION get_claim...\nCall ID: call_A1\nInput arguments: {'claimId': 'CL-14'}",
      ">>>>>>>> EXECUTED FUNCTION get_claim...\nCall ID: call_A1\nInput arguments: {'claimId': 'CL-14'}\nOutput:\nError: 1 validation error for get_claim\nclaim_id\n  Field required",
      `***** Response from calling tool (call_A1) *****\nError: 1 validation error for get_claim\nclaim_id\n  Field required\n${STARS}`,
      ">>>>>>>> TERMINATING RUN (1fed4cb6-9d84-4623-a56a-2eb4b5c6a30f): Termination message condition on agent 'user_proxy' met",
    );
    expect(requested).toEqual([["call_A1", "get_claim", '{"claimId": "CL-14"}']]);
    expect(returned).toEqual([
      ["call_A1", null, "Error: 1 validation error for get_claim\nclaim_id\n  Field required", true],
    ]);
    expect(kinds).toEqual(["requested", "executed", "executed", "returned", "run-ended"]);
    expect(facts[2]).toMatchObject({ outcome: "failed", callId: "call_A1", argumentsRaw: '{"claimId":"CL-14"}' });
  });

  it("takes several blocks of one record apart, behind the speaker's line", () => {
    const { requested } = reading(
      ag2Classic,
      `assistant (to user_proxy):\n\n***** Suggested tool call (call_1a): a *****\nArguments: \n{}\n${STARS}\n***** Suggested tool call (No tool call id found): b *****\nArguments: \n{'x': True}\n${STARS}\n\n${"-".repeat(80)}`,
    );
    expect(requested).toEqual([
      ["call_1a", "a", "{}"],
      [null, "b", "{'x': True}"],
    ]);
  });

  it("does not say that a function was executed that was not found or not parsed", () => {
    const executed = (output: string) =>
      reading(ag2Classic, `>>>>>>>> EXECUTED FUNCTION x...\nCall ID: c\nInput arguments: {}\nOutput:\n${output}`).kinds;
    expect(executed("Error: Function x not found.")).toEqual([]);
    expect(
      executed("Error: Expecting property name: line 1 column 2 (char 1)\n The argument must be in JSON format."),
    ).toEqual([]);
    expect(executed("7")).toEqual(["executed"]);
  });

  it("flags only results that begin with the framework's word", () => {
    const { returned } = reading(
      ag2Classic,
      `***** Response from calling tool (c) *****\nError code P0301: cylinder 1 misfire detected (Error: ignition)\n${STARS}`,
    );
    expect(returned[0]![3]).toBeNull();
  });
});

describe("ag2Events", () => {
  it("reads calls, and the class of the result's event", () => {
    const { requested, returned, kinds, verdicts } = reading(
      ag2Events,
      `LLM response: ModelResponse(content=None, tool_calls=ToolCallsEvent(calls=[ToolCallEvent(id=call_ac1, name='loss_ratio', arguments='{"paid": 100, "premiums": 0}')]), usage=Usage(prompt_tokens=40)) in 0.52s`,
      'Tool execute: loss_ratio({"paid": 100, "premiums": 0})',
      `Tool result: ToolErrorEvent(parent_id=call_ac1, name='loss_ratio', result=ToolResult(parts=[TextInput(content='Traceback (most recent call last):\\n  File "/home/app/.venv/lib/python3.11/site-pack...' (len=1854))], final=False, metadata={}))`,
      "LLM call: ToolResultsEvent(results=[ToolNotFoundEvent(parent_id=call_ab1, name='close_claims', result=ToolResult(parts=[TextInput(content='ag2.exceptions.ToolNotFoundError: Tool `close_claims` not found\\n')], final=False))])",
      "LLM stuff",
    );
    expect(requested).toEqual([["call_ac1", "loss_ratio", '{"paid": 100, "premiums": 0}']]);
    expect(kinds).toEqual(["requested", "executed", "returned", "returned", "looked-up"]);
    expect(returned.map(([id, tool, , isError]) => [id, tool, isError])).toEqual([
      ["call_ac1", "loss_ratio", true],
      ["call_ab1", "close_claims", true],
    ]);
    expect(verdicts.at(-1)).toBe("none");
  });
});
