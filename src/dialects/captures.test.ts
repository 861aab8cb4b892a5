import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { linesOf, readBytes, readCapture } from "./testdata/said.ts";
import { toJaeger } from "./testdata/to-jaeger.ts";

/** What real frameworks emit: the dialects that read it, and every fact once. */
const CAPTURES: [capture: string, dialects: string, facts: string[]][] = [
  [
    "ai-sdk@7.0.173/strict-keys+native/traces.jsonl",
    "ai-sdk-7",
    [
      "offered get_claim",
      "answered tool_calls",
      'requested call_1 get_claim {"claimId":"CL-1042"}',
      'shown call_1 "AI_InvalidToolInputError: Invalid input for tool…"',
      'requested call_2 get_claim {"claim_id":"CL-1042"}',
      'executed call_2 get_claim {"claim_id":"CL-1042"} ok',
      'returned call_2 "{\\"claim_id\\":\\"CL-1042\\",\\"status\\":\\"under review\\",\\"a…"',
      'shown call_2 "{\\"claim_id\\":\\"CL-1042\\",\\"status\\":\\"under review\\",\\"a…"',
      "answered stop",
      "run ok",
    ],
  ],
  [
    "ai-sdk@7.0.173/slow-tool-abort+legacy/traces.jsonl",
    "ai-sdk",
    [
      'executed call_1 appraise_damage {"photo":"p1.jpg"} cancelled AbortError',
      "offered appraise_damage",
      "answered tool_calls",
      'requested call_1 appraise_damage {"photo":"p1.jpg"}',
      "run failed",
    ],
  ],
  [
    "ai-sdk@6.0.326/unknown-tool-stream+native/traces.jsonl",
    "ai-sdk",
    [
      "offered weather_forecast list_cities",
      "answered tool_calls",
      'requested call_1 getWeatherForecast {"city":"Oslo"}',
      'shown call_1 (error) "Model tried to call unavailable tool \'getWeather…"',
      "answered stop",
      "run ok",
    ],
  ],
  [
    "autogen@0.7.5/claims-argument-renamed+native/traces.jsonl",
    "autogen",
    ["executed call_q8Zt1 get_claim null failed pydantic_core._pydantic_core.ValidationError", "run ok"],
  ],
  [
    "autogen@0.7.5/claims-argument-renamed+openinference/traces.jsonl",
    "autogen openinference",
    [
      "executed call_q8Zt1 get_claim null failed pydantic_core._pydantic_core.ValidationError",
      "run ok",
      "answered tool_calls",
      'requested call_q8Zt1 get_claim {"claimId": "C-1042"}',
      'executed null get_claim {"claimId": "C-1042"} ok',
      'returned null "1 validation error for get_claimargs\\nclaim_id\\n  …"',
      'shown call_q8Zt1 (error) "1 validation error for get_claimargs\\nclaim_id\\n  …"',
      "answered stop",
    ],
  ],
  [
    "ag2-classic@0.14.0/python-literal-arguments+native/traces.jsonl",
    "ag2",
    [
      "answered tool_calls",
      "requested call_C1 flag_claim {'claim_id': 'CL-40', 'urgent': True}",
      "executed call_C1 flag_claim {'claim_id': 'CL-40', 'urgent': True} failed ExecutionError",
      'returned null "Error: Expecting property name enclosed in doubl…"',
      'shown call_C1 "Error: Expecting property name enclosed in doubl…"',
      "answered stop",
    ],
  ],
  [
    "ag2@1.2.1/tool-raises+native/traces.jsonl",
    "ag2",
    [
      "answered tool_calls",
      'requested call_ac1 loss_ratio {"paid": 100, "premiums": 0}',
      'executed call_ac1 loss_ratio {"paid": 100, "premiums": 0} failed ZeroDivisionError',
      'shown call_ac1 "Traceback (most recent call last):\\n  File \\"/home…"',
      "answered stop",
      "run ok",
    ],
  ],
  [
    "langgraph@1.2.24/single-quoted-arguments+traceloop/traces.jsonl",
    "genai traceloop",
    ["offered update_reserve", "requested call_f1 update_reserve {'claim_id': 'CL-5520', 'amount': 8000}", "run ok"],
  ],
  [
    "langchain-js@1.5.14/invalid-tool-calls+openinference/traces.jsonl",
    "openinference",
    [
      "offered get_order",
      "answered tool_calls",
      'requested call_1 get_order {"order_id": "O-3", "fields": [status, total]}',
      "run ok",
    ],
  ],
  [
    "openai-agents@0.24.0/unexpected-argument+otel-v2/traces.jsonl",
    "openai-agents",
    [
      "answered null",
      'requested call_u1 get_claim_file {"claimId": "CLM-20977", "withDocs": true}',
      'executed null get_claim_file {"claimId": "CLM-20977", "withDocs": true} failed null',
      'returned null "An error occurred while running the tool. Please…"',
      'shown call_u1 "An error occurred while running the tool. Please…"',
      "run ok",
    ],
  ],
  [
    "openai-agents@0.24.0/unknown-tool+logfire/traces.jsonl",
    "logfire",
    [
      "answered null",
      'requested call_k3VqX8 lookup_claim {"claim_id": "CLM-20418"}',
      "looked-up lookup_claim false",
      "offered get_claim_status?",
      "run ok",
    ],
  ],
  [
    "openai-agents@0.24.0/tool-raises-masked+openinference/traces.jsonl",
    "openinference",
    [
      "answered null",
      'requested call_a1 estimate_payout {"policy_number": "HO-5521", "damage_eur": 1800}',
      "offered estimate_payout",
      'executed null estimate_payout {"policy_number": "HO-5521", "damage_eur": 1800} failed null',
      'returned null "An error occurred while running the tool. Please…"',
      'shown call_a1 "An error occurred while running the tool. Please…"',
      "run ok",
    ],
  ],
  [
    "openai-agents@0.24.0/tool-raises-masked+traceloop/traces.jsonl",
    "openai-agents traceloop",
    [
      'executed null estimate_payout {"policy_number": "HO-5521", "damage_eur": 1800} failed null',
      'returned null "An error occurred while running the tool. Please…"',
      'shown call_a1 "An error occurred while running the tool. Please…"',
      "run ok",
    ],
  ],
  [
    "openai-agents-js@0.20.0/hallucinated-tool+openinference/traces.jsonl",
    "openinference",
    ["answered tool_calls", 'requested call_1 lookup_order {"id": "O-1"}'],
  ],
  [
    "openai@3.57.0/unexpected-argument+traceloop/traces.jsonl",
    "genai plain",
    [
      "offered get_order",
      "answered tool_calls",
      'requested call_o1 get_order {"orderId":5512}',
      "executed call_o1 get_order null failed TypeError",
    ],
  ],
  [
    "openai@3.57.0/unexpected-argument+otel-v2/logs.jsonl",
    "",
    ["answered tool_calls", 'requested call_o1 get_order {"orderId": 5512}'],
  ],
  [
    "openai-node@6.49.0/second-call-unanswered+contrib/logs.jsonl",
    "",
    [
      "answered tool_calls",
      'requested call_a1 get_weather {"city": "Lima"}',
      'requested call_b2 get_weather {"city": "Cusco"}',
    ],
  ],
  [
    "openai-node@6.49.0/quota-exceeded+contrib/traces.jsonl",
    "genai",
    ['model-failed 429 null "429 You exceeded your current quota, please chec…"'],
  ],
  [
    "pydantic-ai@2.68.0/missing-argument-recovered+native/traces.jsonl",
    "pydantic-ai",
    [
      "offered quote_shipping",
      "answered tool_calls",
      'requested call_q1 quote_shipping {"weight_kg": 2.5}',
      'executed call_q1 quote_shipping {"weight_kg":2.5} failed pydantic_core._pydantic_core.ValidationError',
      'returned call_q1 "[{\\"type\\":\\"missing\\",\\"loc\\":[\\"postcode\\"],\\"msg\\":\\"Fie…"',
      "validated quote_shipping false",
      'shown call_q1 "[{\\"type\\":\\"missing\\",\\"loc\\":[\\"postcode\\"],\\"msg\\":\\"Fie…"',
      'requested call_q2 quote_shipping {"weight_kg": 2.5, "postcode": "8010"}',
      'executed call_q2 quote_shipping {"weight_kg":2.5,"postcode":"8010"} ok',
      'returned call_q2 "{\\"price_eur\\":7.4,\\"days\\":2}"',
      'shown call_q2 "{\\"price_eur\\":7.4,\\"days\\":2}"',
      "answered stop",
      "run ok",
    ],
  ],
  [
    "pydantic-ai@1.107.10/missing-argument-recovered+v1-logs/traces.jsonl",
    "pydantic-ai",
    [
      "offered quote_shipping",
      'executed call_q2 quote_shipping {"weight_kg": 2.5, "postcode": "8010"} ok',
      'returned call_q2 "{\\"price_eur\\":7.4,\\"days\\":2}"',
      'requested call_q1 quote_shipping {"weight_kg": 2.5}',
      'returned call_q1 "1 validation error:\\n```json\\n[\\n  {\\n    \\"type\\": \\"m…"',
      'requested call_q2 quote_shipping {"weight_kg": 2.5, "postcode": "8010"}',
      "run ok",
    ],
  ],
  [
    "pydantic-ai@1.107.10/missing-argument-recovered+v1-logs/logs.jsonl",
    "",
    [
      "answered null",
      'requested call_q1 quote_shipping {"weight_kg": 2.5}',
      'shown call_q1 "1 validation error:\\n```json\\n[\\n  {\\n    \\"type\\": \\"m…"',
      'requested call_q2 quote_shipping {"weight_kg": 2.5, "postcode": "8010"}',
      'shown call_q2 "{\\"price_eur\\":7.4,\\"days\\":2}"',
    ],
  ],
  [
    "crewai@1.15.30/camel-case-argument+openinference/traces.jsonl",
    "openinference",
    [
      "offered claim_state",
      "answered null",
      'requested call_ca1 claim_state {"claimId": "CL-5"}',
      'executed null claim_state {"claimId": "CL-5"} failed null',
      "shown call_ca1 \"Error executing tool: Tool 'claim_state' argumen…\"",
      'requested call_ca2 claim_state {"claim_id": "CL-5"}',
      'executed null claim_state {"claim_id": "CL-5"} ok',
      'returned null "CL-5 is open"',
      'shown call_ca2 "CL-5 is open"',
      "returned call_ca1 \"Error executing tool: Tool 'claim_state' argumen…\"",
      'returned call_ca2 "CL-5 is open"',
      "run ok",
    ],
  ],
  [
    "mastra@1.71.0/tool-throws+native/traces.jsonl",
    "mastra",
    [
      'executed call_1 getWeather {"city":"Atlantis"} failed Error',
      "answered tool_calls",
      'requested call_1 getWeather {"city":"Atlantis"}',
      "answered stop",
      "offered getWeather?",
      "run ok",
    ],
  ],
  [
    "mcp@2.3.0/tool-raises+native/traces.jsonl",
    "mcp",
    ["executed null get_forecast null failed tool_error", "executed null get_forecast null ok"],
  ],
  [
    "mcp-ts@1.32.2/camel-case-argument+manual/traces.jsonl",
    "mcp",
    [
      'executed call_1 get_claim {"claimId": "CL-3"} ok',
      'returned call_1 (error) "MCP error -32602: Input validation error: Invali…"',
    ],
  ],
  [
    "autogen-team.jsonl.gz",
    "autogen",
    [
      "executed call_h1 transfer_to_billing null ok",
      "requested call_h1 transfer_to_billing {}",
      'returned call_h1 (ok) "Transferred to billing, adopting the role of bil…"',
    ],
  ],
  [
    "langgraph-openinference.jsonl.gz",
    "openinference",
    [
      "offered get_claim_status",
      "answered tool_calls",
      'requested call_b1 get_claim_status {"claimId": "CL-2093"}',
      "executed null get_claim_status null failed pydantic_core._pydantic_core.ValidationError",
      "returned call_b1 (error) \"Error invoking tool 'get_claim_status' with kwar…\"",
      "shown call_b1 \"Error invoking tool 'get_claim_status' with kwar…\"",
      'requested call_b2 get_claim_status {"claim_id": "CL-2093"}',
      "executed call_b2 get_claim_status null ok",
      'returned call_b2 (ok) "Claim CL-2093: in review, adjuster assigned"',
      'shown call_b2 "Claim CL-2093: in review, adjuster assigned"',
      "answered stop",
      "run ok",
    ],
  ],
  [
    "langgraph-traceloop.jsonl.gz",
    "genai traceloop",
    [
      "offered get_claim_status",
      "answered tool_calls",
      'requested call_b1 get_claim_status {"claimId":"CL-2093"}',
      'executed call_b1 get_claim_status {"claimId":"CL-2093"} failed pydantic_core._pydantic_core.ValidationError',
      "returned call_b1 (error) \"Error invoking tool 'get_claim_status' with kwar…\"",
      "shown call_b1 \"Error invoking tool 'get_claim_status' with kwar…\"",
      'requested call_b2 get_claim_status {"claim_id":"CL-2093"}',
      'executed call_b2 get_claim_status {"claim_id":"CL-2093"} ok',
      'returned call_b2 (ok) "Claim CL-2093: in review, adjuster assigned"',
      'shown call_b2 "Claim CL-2093: in review, adjuster assigned"',
      "answered stop",
      "run ok",
    ],
  ],
  [
    "langgraph-langsmith.jsonl.gz",
    "langsmith",
    [
      "returned call_b1 (error) \"Error invoking tool 'get_claim_status' with kwar…\"",
      'returned call_b2 (ok) "Claim CL-2093: in review, adjuster assigned"',
      "run ok",
      "offered get_claim_status",
      "answered tool_calls",
      'requested call_b1 get_claim_status {"claimId":"CL-2093"}',
      'executed call_b1 get_claim_status {"claimId":"CL-2093"} failed null',
      "shown call_b1 (error) \"Error invoking tool 'get_claim_status' with kwar…\"",
      'requested call_b2 get_claim_status {"claim_id":"CL-2093"}',
      'executed call_b2 get_claim_status {"claim_id":"CL-2093"} ok',
      'shown call_b2 (ok) "Claim CL-2093: in review, adjuster assigned"',
      "answered stop",
    ],
  ],
  [
    "langchain-js-openinference.jsonl.gz",
    "openinference",
    [
      "offered record_payment",
      "answered tool_calls",
      'requested call_1 record_payment {"claim_id":"CL-7","amount":"twelve hundred"}',
      "returned call_1 (error) \"Error invoking tool 'record_payment' with kwargs…\"",
      "shown call_1 (error) \"Error invoking tool 'record_payment' with kwargs…\"",
      "answered stop",
      "run ok",
    ],
  ],
  [
    "smolagents-openinference.jsonl.gz",
    "openinference",
    [
      "offered hazard_name final_answer",
      "answered null",
      'requested call_eb1 hazard_name {"code": "H"}',
      'executed null hazard_name {"code":"H"} failed KeyError',
      "shown null (error) \"Error executing tool 'hazard_name' with argument…\"",
      'requested call_eb2 final_answer {"answer": "Hazard H is unknown"}',
      'executed null final_answer {"answer":"Hazard H is unknown"} ok',
      'returned null "Hazard H is unknown"',
      "run ok",
    ],
  ],
];

test.each(CAPTURES)("%s", (capture, dialects, facts) => {
  const said = readCapture(capture);
  expect([...said.dialects].sort().join(" ")).toBe(dialects);
  expect(linesOf(said)).toEqual(facts);
});

test("the calls of spans are those that went over the wire", () => {
  const calls = (name: string): string[] =>
    [
      ...new Set(
        linesOf(readCapture(name))
          .filter((line) => line.startsWith("requested"))
          .map((line) => line.replaceAll(/[\s"]/g, "")),
      ),
    ].sort();
  for (const name of [
    "ai-sdk@7.0.173/healthy-parallel+native",
    "langchain-js@1.5.14/invalid-tool-calls+openinference",
    "crewai@1.15.30/healthy-one-tool+openinference",
    "openai-agents@0.24.0/healthy-two-tools+openinference",
  ]) {
    expect(calls(`${name}/traces.jsonl`)).toEqual(calls(`${name}/requests.jsonl`));
  }
});

test("Jaeger JSON of the same spans says the same", () => {
  for (const [capture] of CAPTURES.filter(([name]) => name.endsWith("traces.jsonl"))) {
    const otlp = readFileSync(new URL(`../../test/captures/${capture}`, import.meta.url));
    expect(linesOf(readBytes(toJaeger(otlp))).sort(), capture).toEqual(linesOf(readBytes(otlp)).sort());
  }
});
