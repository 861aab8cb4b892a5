import { describe, expect, it } from "vitest";
import { agUi } from "./ag-ui.ts";
import { aiSdkUi } from "./ai-sdk-ui.ts";
import { isWanted, reading } from "./reading.fixture.ts";

describe("AG-UI", () => {
  const start = '{"type":"TOOL_CALL_START","toolCallId":"call_1","toolCallName":"depot_hours","parentMessageId":"m1"}';
  const args = (delta: string) => JSON.stringify({ type: "TOOL_CALL_ARGS", toolCallId: "call_1", delta });
  const end = '{"type":"TOOL_CALL_END","toolCallId":"call_1"}';

  it("puts the pieces of the arguments together, as the model wrote them", () => {
    const { requested, verdicts } = reading(agUi, start, args('{"code": '), args("OSL}"), end);
    expect(requested).toEqual([["call_1", "depot_hours", '{"code": OSL}']]);
    expect(verdicts).toEqual(["claimed", "claimed", "claimed", "claimed"]);
  });

  it("reads the lines of an SSE stream, and chunks that have no end", () => {
    const { requested, returned } = reading(
      agUi,
      'data: {"type":"TOOL_CALL_CHUNK","toolCallId":"c","toolCallName":"quote","delta":"{}"}',
      'data: {"type":"TOOL_CALL_RESULT","toolCallId":"c","messageId":"m","content":"{\\"price\\":4}"}',
    );
    expect(requested).toEqual([["c", "quote", "{}"]]);
    expect(returned).toEqual([["c", "quote", '{"price":4}', null]]);
  });

  it("takes TanStack AI's parsed input and its mark of a failed call", () => {
    const { requested, returned, texts } = reading(
      agUi,
      start,
      '{"type":"TOOL_CALL_END","toolCallId":"call_1","input":{"code":"OSL"}}',
      '{"type":"TOOL_CALL_RESULT","toolCallId":"call_1","content":"{\\"error\\":\\"hours overlap\\"}","metadata":{"tanstack":{"state":"output-error"}}}',
    );
    expect(requested).toEqual([["call_1", "depot_hours", '{"code":"OSL"}']]);
    expect(returned).toEqual([["call_1", "depot_hours", '{"error":"hours overlap"}', true]]);
    expect(texts).toEqual([["tool-result", '{"error":"hours overlap"}', true]]);
  });

  it("says that a run failed, and in what words", () => {
    const { facts, texts } = reading(agUi, '{"type":"RUN_ERROR","message":"429 Rate limit reached","code":"429"}');
    expect(facts).toMatchObject([{ kind: "run-ended", outcome: "failed", reason: "429 Rate limit reached" }]);
    expect(texts).toEqual([["exception", "429 Rate limit reached", true]]);
  });

  it("reads the calls and results of a snapshot", () => {
    const { requested, returned } = reading(
      agUi,
      JSON.stringify({
        type: "MESSAGES_SNAPSHOT",
        messages: [
          {
            id: "1",
            role: "assistant",
            toolCalls: [{ id: "c", function: { name: "a", arguments: "{}" } }],
          },
          { id: "2", role: "tool", toolCallId: "c", content: "done" },
        ],
      }),
    );
    expect(requested).toEqual([["c", "a", "{}"]]);
    expect(returned).toEqual([["c", null, "done", null]]);
  });

  it("leaves other lines to others, and ends of calls that never began", () => {
    expect(reading(agUi, '{"type":"tool","content":"x"}').verdicts).toEqual(["none"]);
    expect(reading(agUi, end).facts).toEqual([]);
    expect(isWanted(agUi, start)).toBe(true);
    expect(isWanted(agUi, '{"msg":"a tool call started"}')).toBe(false);
  });
});

describe("the UI message stream of the AI SDK", () => {
  it("reads calls, results and failures", () => {
    const { requested, returned, texts } = reading(
      aiSdkUi,
      'data: {"type":"tool-input-start","toolCallId":"c1","toolName":"rates"}',
      'data: {"type":"tool-input-delta","toolCallId":"c1","inputTextDelta":"{\\"city\\""}',
      'data: {"type":"tool-input-available","toolCallId":"c1","toolName":"rates","input":{"city":"Oslo"}}',
      'data: {"type":"tool-output-error","toolCallId":"c1","errorText":"fetch failed"}',
      '{"type":"tool-input-available","toolCallId":"c2","toolName":"rates","input":{"city":"Rome"}}',
      '{"type":"tool-output-available","toolCallId":"c2","output":{"rate":4}}',
    );
    expect(requested).toEqual([
      ["c1", "rates", '{"city":"Oslo"}'],
      ["c2", "rates", '{"city":"Rome"}'],
    ]);
    expect(returned).toEqual([
      ["c1", "rates", "fetch failed", true],
      ["c2", "rates", '{"rate":4}', null],
    ]);
    expect(texts[0]).toEqual(["tool-result", "fetch failed", true]);
  });

  it("keeps what the model wrote of a call that was refused", () => {
    const text = "Invalid input for tool rates: JSON parsing failed";
    const { requested, returned } = reading(
      aiSdkUi,
      JSON.stringify({ type: "tool-input-error", toolCallId: "c", toolName: "rates", input: '{"ci', errorText: text }),
    );
    expect(requested).toEqual([["c", "rates", '{"ci']]);
    expect(returned).toEqual([["c", "rates", text, true]]);
  });

  it("takes an error of the stream, and no other objects of type error", () => {
    expect(reading(aiSdkUi, 'data: {"type":"error","errorText":"Overloaded"}').texts).toEqual([
      ["exception", "Overloaded", true],
    ]);
    expect(reading(aiSdkUi, '{"type":"error","message":"x","tool-input-":1}').facts).toEqual([]);
    expect(isWanted(aiSdkUi, 'data: {"type":"error","errorText":"Overloaded"}')).toBe(true);
  });
});
