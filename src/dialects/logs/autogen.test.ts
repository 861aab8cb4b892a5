import { describe, expect, it } from "vitest";
import { autogenConsole } from "./autogen-console.ts";
import { autogenEvents } from "./autogen-events.ts";
import { autogenMessages } from "./autogen-messages.ts";
import { autogenProse } from "./autogen-prose.ts";
import { isWanted, reading, record } from "./reading.fixture.ts";

const REFUSED = `1 validation error for get_claimargs
claim_id
  Field required [type=missing, input_value={'claimId': 'C-1042'}, input_type=dict]
    For further information visit https://errors.pydantic.dev/2.14/v/missing`;
const EXECUTION = `[FunctionExecutionResult(content="1 validation error for get_claimargs\\nclaim_id\\n  Field required [type=missing, input_value={'claimId': 'C-1042'}, input_type=dict]\\n    For further information visit https://errors.pydantic.dev/2.14/v/missing", name='get_claim', call_id='call_q8Zt1', is_error=True)]`;

describe("autogenConsole", () => {
  it("reads the blocks of 0.5.3 and newer", () => {
    const { verdicts, requested, returned, texts, facts } = reading(
      autogenConsole,
      "---------- TextMessage (user) ----------\nWhat is the state of claim C-1042?",
      `---------- ToolCallRequestEvent (claims_agent) ----------\n[FunctionCall(id='call_q8Zt1', arguments='{"claimId": "C-1042"}', name='get_claim')]`,
      `---------- ToolCallExecutionEvent (claims_agent) ----------\n${EXECUTION}`,
      `---------- ToolCallSummaryMessage (claims_agent) ----------\n${REFUSED}`,
    );
    expect(verdicts).toEqual(["claimed", "claimed", "claimed", "claimed"]);
    expect(requested).toEqual([["call_q8Zt1", "get_claim", '{"claimId": "C-1042"}']]);
    expect(returned).toEqual([["call_q8Zt1", "get_claim", REFUSED, true]]);
    // the summary repeats the result, which is looked at once
    expect(texts).toEqual([["tool-result", REFUSED, true]]);
    expect(facts.find(({ kind }) => kind === "requested")!.scope).toMatchObject({
      agent: "claims_agent",
      framework: "autogen",
    });
  });

  it("reads the blocks of 0.4, whose header is the source alone, and results without flag or name", () => {
    const { requested, returned, verdicts } = reading(
      autogenConsole,
      `---------- claims_agent ----------\n[FunctionCall(id='call_p1', arguments='{}', name='a'), FunctionCall(id='call_p2', arguments='{"x": 1}', name='b')]`,
      "---------- claims_agent ----------\n[FunctionExecutionResult(content='open', call_id='call_p1'), FunctionExecutionResult(content='Error: no', call_id='call_p2')]",
      "---------- claims_agent ----------\nThe claim is open, but I could not book the surveyor.",
    );
    expect(verdicts).toEqual(["claimed", "claimed", "claimed"]);
    expect(requested.map(([id]) => id)).toEqual(["call_p1", "call_p2"]);
    expect(returned).toEqual([
      ["call_p1", null, "open", null],
      ["call_p2", null, "Error: no", null],
    ]);
  });

  it("knows a block's content that log lines cut off from its header", () => {
    const { requested, facts } = reading(
      autogenConsole,
      "---------- ToolCallRequestEvent (intake) ----------",
      "[FunctionCall(id='call_ho', arguments='{}', name='transfer_to_payments')]",
    );
    expect(requested).toEqual([["call_ho", "transfer_to_payments", "{}"]]);
    expect(facts[0]!.scope.agent).toBe("intake");
  });

  it("does not take what a result talks about for a log line", () => {
    const { texts, verdicts } = reading(
      autogenConsole,
      "---------- ToolCallExecutionEvent (a) ----------\n[FunctionExecutionResult(content='02:11:04 ERROR import job: ValidationError', name='search_logs', call_id='c', is_error=False)]",
    );
    expect(verdicts).toEqual(["claimed"]);
    expect(texts).toEqual([["tool-result", "02:11:04 ERROR import job: ValidationError", false]]);
  });

  it("finds the stop reason in the statistics and behind the last message", () => {
    const { facts } = reading(
      autogenConsole,
      "---------- Summary ----------\nNumber of messages: 3\nFinish reason: Maximum number of turns 2 reached.\nDuration: 0.10 seconds",
      "---------- TextMessage (a) ----------\nI wait.\nMaximum number of messages 6 reached, current message count: 6",
    );
    expect(facts.map((fact) => fact.kind === "run-ended" && [fact.outcome, fact.reason])).toEqual([
      ["stopped", "Maximum number of turns 2 reached."],
      ["stopped", "Maximum number of messages 6 reached, current message count: 6"],
    ]);
  });

  it("leaves other rules of dashes alone", () => {
    expect(reading(autogenConsole, "-----------------------").verdicts).toEqual(["none"]);
    expect(isWanted(autogenConsole, "---------- user ----------")).toBe(true);
  });
});

const LLM_CALL = {
  tools: [
    {
      type: "function",
      function: {
        name: "get_claim",
        description: "Read one insurance claim.",
        parameters: { type: "object", required: ["claim_id"] },
      },
    },
  ],
  type: "LLMCall",
  messages: [
    { content: "You help.", role: "system" },
    { role: "user", name: "user", content: "State of C-1?" },
    {
      role: "assistant",
      tool_calls: [{ id: "call_1x", function: { arguments: "{}", name: "get_claim" }, type: "function" }],
      content: null,
    },
    { content: "Error: no claim", role: "tool", tool_call_id: "call_1x" },
  ],
  response: {
    choices: [
      {
        finish_reason: "tool_calls",
        message: {
          content: null,
          tool_calls: [{ id: "call_2x", function: { arguments: '{"claim_id": "C-1"}', name: "get_claim" } }],
        },
      },
    ],
    model: "gpt-4o",
  },
  agent_id: "claims_fe232a7f-1a57-47dd-ab13-2f047c06623f/fe232a7f-1a57-47dd-ab13-2f047c06623f",
};

describe("autogenEvents", () => {
  it("reads a model call: the offer, the history, the answer", () => {
    const { kinds, requested, facts, texts, verdicts } = reading(autogenEvents, JSON.stringify(LLM_CALL));
    expect(verdicts).toEqual(["claimed"]);
    expect(kinds).toEqual(["offered", "asked", "answered", "requested"]);
    expect(requested).toEqual([["call_2x", "get_claim", '{"claim_id": "C-1"}']]);
    expect(facts[0]!.scope.agent).toBe("claims");
    expect(texts).toEqual([["tool-result", "Error: no claim", null]]);
  });

  it("reads the fields where an envelope has taken the object apart, and Anthropic's responses", () => {
    const fields = {
      type: "LLMStreamEnd",
      response: {
        content: [{ type: "tool_use", id: "toolu_1", name: "get", input: { a: 1 } }],
        stop_reason: "tool_use",
      },
      agent_id: null,
    };
    expect(reading(autogenEvents, record("", { fields })).requested).toEqual([["toolu_1", "get", '{"a":1}']]);
  });

  it("takes the two prints of the documented recipe for one event", () => {
    const event = JSON.stringify({
      type: "ToolCall",
      tool_name: "poll",
      arguments: { job: 1 },
      result: "pending",
      agent_id: null,
    });
    const bare = record(event);
    const named = record(event, { logger: "autogen_core.events" });
    expect(reading(autogenEvents, bare, named, bare, named).kinds).toEqual([
      "executed",
      "returned",
      "executed",
      "returned",
    ]);
  });

  it("reads messages between agents once", () => {
    const payload = JSON.stringify({
      message: {
        source: "a",
        content: [{ id: "call_h", arguments: "{}", name: "wait" }],
        type: "ToolCallRequestEvent",
      },
    });
    const event = {
      payload,
      sender: "a/1",
      receiver: "t/1",
      kind: "MessageKind.PUBLISH",
      delivery_stage: "DeliveryStage.SEND",
      type: "Message",
    };
    const delivered = { ...event, delivery_stage: "DeliveryStage.DELIVER" };
    const { requested, verdicts } = reading(
      autogenEvents,
      JSON.stringify(event),
      JSON.stringify(delivered),
      JSON.stringify({ ...event, receiver: "u/1" }),
    );
    expect(requested).toEqual([["call_h", "wait", "{}"]]);
    expect(verdicts).toEqual(["claimed", "claimed", "claimed"]);
  });

  it("ends the run of an agent that asked a model and answers its caller", () => {
    const answer = {
      payload: "{}",
      sender: LLM_CALL.agent_id,
      receiver: null,
      kind: "MessageKind.RESPOND",
      delivery_stage: "DeliveryStage.SEND",
      type: "Message",
    };
    expect(reading(autogenEvents, JSON.stringify(answer)).kinds).toEqual([]);
    expect(reading(autogenEvents, JSON.stringify(LLM_CALL), JSON.stringify(answer)).kinds.at(-1)).toBe("run-ended");
  });

  it("does not take other objects with such types", () => {
    for (const text of [
      '{"type": "Message", "text": "hi"}',
      '{"type": "ToolCall", "name": "x"}',
      '{"type": "LLMCall"}',
      "{broken",
    ])
      expect(reading(autogenEvents, text).verdicts).toEqual(["none"]);
  });
});

describe("autogenProse", () => {
  it("reads calls and results from the runtime's lines, and the repeats in a response once", () => {
    const request = `ToolCallRequestEvent(source='a', content=[FunctionCall(id='call_v1', arguments='{"order_id": "O-20"}', name='lookup_order')], type='ToolCallRequestEvent')`;
    const result = `ToolCallExecutionEvent(source='a', content=[FunctionExecutionResult(content="Error: tool 'lookup_order' not found in any workbench", name='lookup_order', call_id='call_v1', is_error=True)])`;
    const { requested, returned, verdicts } = reading(
      autogenProse,
      `Publishing message of type GroupChatMessage to all subscribers: {'message': ${request}}`,
      `Publishing message of type GroupChatMessage to all subscribers: {'message': ${result}}`,
      `Publishing message of type GroupChatAgentResponse to all subscribers: {'agent_response': Response(chat_message=ToolCallSummaryMessage(source='a', content='Error', tool_calls=[FunctionCall(id='call_v1', arguments='{"order_id": "O-20"}', name='lookup_order')]), inner_messages=[${request}, ${result}])}`,
    );
    expect(verdicts).toEqual(["claimed", "claimed", "claimed"]);
    expect(requested).toEqual([["call_v1", "lookup_order", '{"order_id": "O-20"}']]);
    expect(returned[0]).toEqual([
      "call_v1",
      "lookup_order",
      "Error: tool 'lookup_order' not found in any workbench",
      true,
    ]);
  });

  it("reads a printed message and the end of a run", () => {
    const { returned, facts } = reading(
      autogenProse,
      "id='1' source='assistant' created_at=datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc) content=[FunctionExecutionResult(content='ok', name='x', call_id='c1', is_error=False)] type='ToolCallExecutionEvent'",
      "TaskResult(messages=[], stop_reason='Maximum number of turns 3 reached.')",
    );
    expect(returned).toEqual([["c1", "x", "ok", false]]);
    expect(facts.at(-1)).toMatchObject({
      kind: "run-ended",
      outcome: "stopped",
      reason: "Maximum number of turns 3 reached.",
    });
  });

  it("leaves lines alone that only quote such an object", () => {
    expect(reading(autogenProse, "I saw FunctionCall(id='x', arguments='{}', name='y') in the log").verdicts).toEqual([
      "none",
    ]);
  });
});

describe("autogenMessages", () => {
  it("reads messages as JSON", () => {
    const { requested, returned, verdicts } = reading(
      autogenMessages,
      '{"source":"a","content":[{"id":"call_x","arguments":"{}","name":"get"}],"type":"ToolCallRequestEvent"}',
      '{"source":"a","content":[{"content":"bad","name":"get","call_id":"call_x","is_error":true}],"type":"ToolCallExecutionEvent"}',
      '{"source":"a","content":"bad","type":"ToolCallSummaryMessage"}',
      '{"source":"a","content":"hi","type":"TextMessage"}',
    );
    expect(requested).toEqual([["call_x", "get", "{}"]]);
    expect(returned).toEqual([["call_x", "get", "bad", true]]);
    expect(verdicts).toEqual(["claimed", "claimed", "claimed", "none"]);
  });
});
