import { describe, expect, it } from "vitest";
import { crewai } from "./crewai.ts";
import { langchainPrint } from "./langchain-print.ts";
import { mcpFrames } from "./mcp-frames.ts";
import { nodeInspect } from "./node-inspect.ts";
import { rig } from "./rig.ts";
import { prose } from "./prose.ts";
import { reading, record } from "./reading.fixture.ts";
import { smolagents } from "./smolagents.ts";
import { structured } from "./structured.ts";

describe("langchainPrint", () => {
  it("reads pretty_print", () => {
    const { requested, returned } = reading(
      langchainPrint,
      "================================== Ai Message ==================================\nTool Calls:\n  search_claims (call_a1)\n Call ID: call_a1\n  Args:\n    policy_number: P-77812\n================================= Tool Message =================================\nName: search_claims\n\nError: search_claims is not a valid tool, try one of [find_claims].",
    );
    expect(requested).toEqual([["call_a1", "search_claims", '{"policy_number":"P-77812"}']]);
    expect(returned).toEqual([
      [null, "search_claims", "Error: search_claims is not a valid tool, try one of [find_claims].", null],
    ]);
  });

  it("reads short prints of messages", () => {
    const { requested, returned } = reading(
      langchainPrint,
      "AIMessage  [{'name': 'list_depots', 'args': {}, 'id': 'call_x1', 'type': 'tool_call'}]",
      "ToolMessage error Error: list_depots is not a valid tool, try one of [free_vans, book_van].",
      '[ai] [{"name":"record_payment","args":{"amount":"twelve"},"type":"tool_call","id":"call_1"}]',
      "[tool] paid",
    );
    expect(requested).toEqual([
      ["call_x1", "list_depots", "{}"],
      ["call_1", "record_payment", '{"amount":"twelve"}'],
    ]);
    expect(returned.map(([, , content, isError]) => [content, isError])).toEqual([
      ["Error: list_depots is not a valid tool, try one of [free_vans, book_van].", true],
      ["paid", null],
    ]);
  });
});

describe("crewai", () => {
  const panel = (title: string, ...lines: string[]) =>
    [`╭──── ${title} ────╮`, ...lines.map((line) => `│  ${line.padEnd(110)}│`), `╰${"─".repeat(92)}╯`].join("\n");

  it("reads the panels of a call", () => {
    const { requested, returned, kinds } = reading(
      crewai,
      panel("🔧 Tool Execution Started (#1)", "", "Tool: claim_state", "Args: {'claimId': 'CL-5'}"),
      panel(
        "🔧 Tool Error (#1)",
        "",
        "Tool Failed",
        "Tool: claim_state",
        "Iteration: 1",
        "Error: Tool 'claim_state' arguments validation failed: 1 validation error for Claim_State",
        "claim_id",
        "  Field required",
      ),
      panel("✅ Tool Execution Completed (#2)", "", "Tool Completed", "Tool: claim_state", "Output: CL-5 is open"),
      panel(
        "⚠️ Tool Failure (#1)",
        "Tool Reported Failure",
        "Tool: close",
        "Reason: ToolFailureReason.UNKNOWN_TOOL",
        "Code: close",
        "Message: Tool not found",
      ),
      panel("🤖 Agent Started", "Task: x"),
    );
    expect(requested).toEqual([[null, "claim_state", '{"claimId":"CL-5"}']]);
    expect(returned.map(([, tool, content, isError]) => [tool, content, isError])).toEqual([
      [
        "claim_state",
        "Tool 'claim_state' arguments validation failed: 1 validation error for Claim_State\nclaim_id\n  Field required",
        true,
      ],
      ["claim_state", "CL-5 is open", null],
      ["close", "Tool not found", true],
    ]);
    expect(kinds).toContain("looked-up");
  });
});

describe("smolagents", () => {
  it("reads calls and what came of them", () => {
    const { requested, returned, verdicts } = reading(
      smolagents,
      "╭──────────────╮\n│ Calling tool: 'claim_state' with arguments: {'claimId': 'CL-5'}    │\n╰──────────────╯",
      "Argument claimId is not in the tool's input schema",
      "╭──────────────╮\n│ Calling tool: 'claim_state' with arguments: {'claim_id': 'CL-5'}   │\n╰──────────────╯",
      "Observations: CL-5 is open",
    );
    expect(requested.map(([, , raw]) => raw)).toEqual(['{"claimId":"CL-5"}', '{"claim_id":"CL-5"}']);
    expect(returned).toEqual([
      [null, "claim_state", "Argument claimId is not in the tool's input schema", true],
      [null, "claim_state", "CL-5 is open", null],
    ]);
    expect(verdicts).toEqual(["claimed", "claimed", "claimed", "claimed"]);
  });
});

describe("structured", () => {
  it("reads a step of the AI SDK, with a refused call", () => {
    const fields = {
      finishReason: "tool-calls",
      toolCalls: [
        {
          type: "tool-call",
          toolCallId: "call_1",
          toolName: "get_claim",
          input: { claimId: "CL-1042" },
          invalid: true,
          error: { name: "AI_InvalidToolInputError", toolInput: '{"claimId": "CL-1042"}' },
        },
      ],
      toolResults: [],
      errors: [
        {
          type: "tool-error",
          toolCallId: "call_1",
          toolName: "get_claim",
          error: "AI_InvalidToolInputError: Invalid input for tool get_claim",
        },
      ],
    };
    const { requested, returned, kinds, verdicts } = reading(structured, record("step finished", { fields }));
    expect(verdicts).toEqual(["claimed"]);
    expect(kinds).toEqual(["returned", "answered", "requested"]);
    expect(requested).toEqual([["call_1", "get_claim", '{"claimId": "CL-1042"}']]);
    expect(returned).toEqual([
      ["call_1", "get_claim", "AI_InvalidToolInputError: Invalid input for tool get_claim", true],
    ]);
  });

  it("does not say that nothing was called where a step does not list the calls", () => {
    const fields = {
      finishReason: "tool-calls",
      toolResults: [
        { type: "tool-result", toolCallId: "call_1", toolName: "search_logs", output: { hits: ["ERROR x"] } },
      ],
    };
    const { kinds, texts } = reading(structured, record("step finished", { fields }));
    expect(kinds).toEqual(["returned"]);
    expect(texts).toEqual([["tool-result", '{"hits":["ERROR x"]}', null]]);
  });

  it("reads messages, whole or under a key", () => {
    const { requested, returned } = reading(
      structured,
      record("agent_step", {
        fields: {
          type: "ai",
          content: "",
          tool_calls: [{ name: "get", args: { claimId: "CL-2093" }, id: "call_b1", type: "tool_call" }],
        },
      }),
      record("agent_step", {
        fields: { type: "tool", content: "Error invoking tool 'get'", status: "error", tool_call_id: "call_b1" },
      }),
      record("message", { fields: { message: { role: "tool", tool_call_id: "call_2", content: "ok" } } }),
    );
    expect(requested).toEqual([["call_b1", "get", '{"claimId":"CL-2093"}']]);
    expect(returned).toEqual([
      ["call_b1", null, "Error invoking tool 'get'", true],
      ["call_2", null, "ok", null],
    ]);
  });

  it("reads lines about one call: request, MCP result, failure", () => {
    const { requested, returned, texts, verdicts } = reading(
      structured,
      record("tools/call", { fields: { id: "call_1", tool: "get_claim", arguments: '{"claimId": "CL-3"}' } }),
      record("tools/call result", {
        fields: {
          id: "call_1",
          result: { content: [{ type: "text", text: "MCP error -32602: Invalid params." }], isError: false },
        },
      }),
      record("quote failed", {
        exception: "Error: remaining connection slots are reserved\n    at rate (run.mjs:8:24)",
        fields: { tool: "quote_premium", id: "call_17" },
      }),
      record("tool result", { fields: { result: '{"state":"queued"}' } }),
    );
    expect(requested).toEqual([["call_1", "get_claim", '{"claimId": "CL-3"}']]);
    expect(returned).toEqual([
      ["call_1", null, "MCP error -32602: Invalid params.", false],
      [null, null, '{"state":"queued"}', null],
    ]);
    expect(texts[1]).toEqual([
      "exception",
      "Error: remaining connection slots are reserved\n    at rate (run.mjs:8:24)",
      true,
    ]);
    expect(verdicts).toEqual(["claimed", "claimed", "claimed", "claimed"]);
  });

  it("leaves ordinary lines alone", () => {
    const { verdicts } = reading(
      structured,
      record("deploy done", { fields: { tool: "terraform", version: 3 } }),
      record("request failed", { exception: "Error: x", fields: { path: "/a" } }),
    );
    expect(verdicts).toEqual(["none", "none"]);
  });
});

describe("nodeInspect", () => {
  it("reads invalid calls of a printed message", () => {
    const text = `{
  content: '',
  tool_calls: [],
  invalid_tool_calls: [
    {
      name: 'get_order',
      args: '{"order_id": "O-3", "fields": [status, total]}',
      id: 'call_1',
      error: 'Function "get_order" arguments:\\n' +
        'are not valid JSON.\\n' +
        \`Error: Unexpected token 's', ..."fields": [status, to"... is not valid JSON\\n\`,
      type: 'invalid_tool_call'
    }
  ]
}`;
    const { requested, texts } = reading(nodeInspect, text);
    expect(requested).toEqual([["call_1", "get_order", '{"order_id": "O-3", "fields": [status, total]}']]);
    expect(texts[0]).toEqual([
      "tool-result",
      `Function "get_order" arguments:\nare not valid JSON.\nError: Unexpected token 's', ..."fields": [status, to"... is not valid JSON\n`,
      true,
    ]);
  });

  it("reads a call under its usual names, and a tool-error with its stack", () => {
    const { requested, texts, returned } = reading(
      nodeInspect,
      'tool call {\n  id: \'call_1\',\n  name: \'get_orderget_order\',\n  args: \'{"order_id": "O-1"}{"order_id": "O-2"}\'\n}',
      "Tool failed: {\n  type: 'tool-error',\n  toolCallId: 'call_1',\n  toolName: 'estimate',\n  input: { vehicle: 'VW' },\n  error: Error: repair estimate failed\n      at Object.execute (run.mjs:16:13) {\n    [cause]: TypeError: Cannot read properties of undefined (reading 'hours')\n        at hoursFor (run.mjs:7:25)\n  },\n  dynamic: false\n}",
    );
    expect(requested).toEqual([["call_1", "get_orderget_order", '{"order_id": "O-1"}{"order_id": "O-2"}']]);
    expect(texts[0]![0]).toBe("exception");
    expect(returned[0]!.slice(0, 2)).toEqual(["call_1", "estimate"]);
  });
});

describe("mcpFrames", () => {
  it("joins results to calls by the frame's id", () => {
    const { kinds, returned, facts } = reading(
      mcpFrames,
      'sending {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"get","arguments":{"a":1}}}',
      'received {"jsonrpc":"2.0","id":3,"result":{"content":[{"type":"text","text":"bad"}],"isError":true}}',
      '{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"get","inputSchema":{"type":"object"}}]}}',
    );
    expect(kinds).toEqual(["executed", "executed", "returned", "offered"]);
    expect(returned).toEqual([[null, "get", "bad", true]]);
    expect(facts[1]).toMatchObject({ outcome: "failed" });
  });
});

describe("the AI SDK's parts and their likes", () => {
  it("reads the results of Inngest's AgentKit", () => {
    const tool = { type: "tool", id: "call_1", name: "rates" };
    const line = (content: object) =>
      JSON.stringify({ output: [], toolCalls: [{ type: "tool_result", tool, content }] });
    const { returned } = reading(
      structured,
      line({ error: { name: "TypeError", message: "fetch failed", stack: "TypeError: fetch failed" } }),
      line({ data: { ok: true } }),
    );
    expect(returned).toEqual([
      ["call_1", "rates", "TypeError: fetch failed", true],
      ["call_1", "rates", '{"ok":true}', null],
    ]);
  });
});

describe("a structured line with a call's result", () => {
  it("tells a failure by its level alone", () => {
    const text = '{"msg":"tool returned an error","tool":"depot_hours","call_id":"call_1","result":"hours overlap"}';
    const returned = (level: "error" | "info") => reading(structured, record(text, { level })).returned;
    expect(returned("error")).toEqual([["call_1", "depot_hours", "hours overlap", true]]);
    expect(returned("info")).toEqual([["call_1", "depot_hours", "hours overlap", null]]);
  });
});

describe("rig", () => {
  const span = (fields: string, message: string) =>
    `execute_tool{gen_ai.operation.name="execute_tool" gen_ai.tool.name="quote" gen_ai.tool.call.id="call_1" gen_ai.tool.call.arguments="{\\"id\\":\\"a}b\\"}"${fields}}: rig::agent::prompt_request: ${message}`;

  it("reads a tool's result, and its failure", () => {
    const { requested, returned } = reading(
      rig,
      span("", "Error while executing tool: Toolset error: ToolCallError: closed"),
      span(' gen_ai.tool.call.result="{\\"ok\\":false}"', 'executed tool quote with args {}. result: {"ok":false}'),
    );
    expect(requested[0]).toEqual(["call_1", "quote", '{"id":"a}b"}']);
    expect(returned).toEqual([
      ["call_1", "quote", "Toolset error: ToolCallError: closed", true],
      ["call_1", "quote", '{"ok":false}', null],
    ]);
    expect(reading(rig, span("", "Current conversation depth: 1/4")).verdicts).toEqual(["none"]);
    expect(reading(rig, "execute_tool{a: tool").verdicts).toEqual(["none"]);
  });
});

describe("prose", () => {
  it("reads failures of functions, and parts of Gemini's messages", () => {
    const { facts, requested, returned } = reading(
      prose,
      "Function depot_hours threw Error: hours overlap",
      "tool-error depot_name TypeError: Cannot read properties of undefined (reading 'name')",
      'parcels [{"functionCall":{"name":"quote","args":{"id":1},"id":"adk-1"}}]',
      'parcels [{"functionResponse":{"id":"adk-1","name":"quote","response":{"ok":false}}}]',
    );
    expect(facts.flatMap((fact) => (fact.kind === "executed" ? [[fact.tool, fact.error?.message]] : []))).toEqual([
      ["depot_hours", "Error: hours overlap"],
      ["depot_name", "TypeError: Cannot read properties of undefined (reading 'name')"],
    ]);
    expect(requested).toEqual([["adk-1", "quote", '{"id":1}']]);
    expect(returned).toEqual([["adk-1", "quote", '{"ok":false}', null]]);
    expect(reading(prose, "Function compile threw a party", "tool-error rate is low").facts).toEqual([]);
  });

  it("reads what a loop prints of a call once it is answered", () => {
    const { requested, returned, verdicts } = reading(
      prose,
      'tool quote -> {"ok":false,"error":"locked"}',
      'quote {"parcel_id":"NP-41"} => {"output":{"price":4}}',
      '-> [{"type":"tool_result","tool_use_id":"call_1","content":"Error: closed","is_error":true}]',
      'tool_use [{"type":"tool_use","id":"call_1","name":"quote","input":{"parcel_id":"NP-41"}}]',
      "tool output: { ok: false, error: 'locked' }",
    );
    expect(requested).toEqual([
      [null, "quote", null],
      [null, "quote", '{"parcel_id":"NP-41"}'],
      ["call_1", "quote", '{"parcel_id":"NP-41"}'],
    ]);
    expect(returned).toEqual([
      [null, "quote", '{"ok":false,"error":"locked"}', null],
      [null, "quote", '{"output":{"price":4}}', null],
      ["call_1", null, "Error: closed", true],
      [null, null, '{"ok":false,"error":"locked"}', null],
    ]);
    expect(verdicts).toEqual(Array(5).fill("claimed"));
    for (const text of ["output: { ok: false }", "cache -> {warm}", 'state {"a":1} -> {"a":2}', 'tool -> "x"'])
      expect(reading(prose, text).verdicts).toEqual(["none"]);
  });

  it("reads sentences about calls", () => {
    const { requested, returned, verdicts } = reading(
      prose,
      'travel calling get_outlook {"city": "Wien", "days": "three"} (call_w1)',
      "travel result of call_w1: Error executing tool get_outlook: 1 validation error",
      'tool get_order({"order_id": 5512})',
      '[tool] track_parcel {"parcel": "P-4410"} => [object Object]',
      "tool route_weather failed: Request 'tools/call' timed out",
    );
    expect(requested).toEqual([
      ["call_w1", "get_outlook", '{"city": "Wien", "days": "three"}'],
      [null, "get_order", '{"order_id": 5512}'],
      [null, "track_parcel", '{"parcel": "P-4410"}'],
    ]);
    expect(returned.map(([id, tool, content]) => [id, tool, content])).toEqual([
      ["call_w1", null, "Error executing tool get_outlook: 1 validation error"],
      [null, "track_parcel", "[object Object]"],
    ]);
    expect(verdicts).toEqual(["claimed", "claimed", "claimed", "claimed", "claimed"]);
  });

  it("reads results that loops print, and failures with their tool", () => {
    const { returned, verdicts } = reading(
      prose,
      'Output: "2 hits\\n10:00:01 ERROR fetch failed: ETIMEDOUT"',
      "tool-result get_order { error: 'the database is locked', code: 7 }",
      "Tool get_rate (remote:get_rate) failed: boom",
      "ERROR - haystack.components.agents.tool_calling -  Failed to invoke Tool `get_rate` with parameters {'a': 1}. Error: boom",
      "Could not run function get_rate(code=H): 'H'",
      "2026/11/25 21:59:46 generate failed: [NodeRunError] failed to invoke tool[name:get_rate id:call_7]: boom",
    );
    expect(returned.map(([, tool, content]) => [tool, content])).toEqual([
      [null, '"2 hits\\n10:00:01 ERROR fetch failed: ETIMEDOUT"'],
      ["get_order", '{"error":"the database is locked","code":7}'],
    ]);
    expect(verdicts).toEqual(["claimed", "claimed", "claimed", "claimed", "claimed", "claimed"]);
  });

  it("takes no tool's name from sentences that name none", () => {
    const { returned, facts } = reading(prose, "tool call failed: boom", "Tool execution failed: boom");
    expect(returned).toEqual([
      [null, null, "boom", true],
      [null, null, "boom", true],
    ]);
    expect(facts.some((fact) => fact.kind === "executed")).toBe(false);
  });

  it("leaves other sentences alone", () => {
    for (const text of [
      "calling the customer back",
      "tool call {",
      "executing {broken",
      "result of the vote: yes, it passed with errors",
      "calling fetch {a} and more words",
      "the output: 7 files",
      "Failed to run tool chain on host build-3",
    ])
      expect(reading(prose, text).verdicts).not.toContain("claimed");
  });
});
