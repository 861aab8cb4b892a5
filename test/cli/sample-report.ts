import type { Evidence } from "../../src/records/evidence.ts";
import type { Incident, Report } from "../../src/records/report.ts";

/** A report by hand, with something of everything that a report can hold. */
export function sampleReport(change: Partial<Report> = {}): Report {
  return {
    schema: "misfire.report/1",
    version: "0.1.0",
    verdict: "failures",
    sources: [
      { name: "app.log", format: "text", bytes: 48_213_482, records: 213_482, spans: 0 },
      { name: "traces.jsonl", format: "otlp-json", bytes: 1_200_000, records: 0, spans: 41 },
    ],
    incidents: [
      incident(),
      incident({
        id: "b00000000002",
        classifier: "flow/step-limit",
        layer: "flow",
        stage: null,
        title: "A turn or step limit ended the run",
        tool: null,
        facts: { limit: "8" },
        modifiers: ["collateral", "fatal"],
        count: 1,
        cause: "The run reached its limit of 8 turns.",
        evidence: [
          evidence({
            line: 530,
            excerpt: 'stop_reason="Maximum number of turns 8 reached."',
            highlight: [13, 46],
            callId: null,
          }),
        ],
        call: null,
        causedBy: "a00000000001",
        consequences: [],
      }),
      incident({
        id: "c00000000003",
        classifier: "schema/invalid-schema",
        layer: "schema",
        stage: "offered",
        title: "The provider refuses the tool's parameter schema",
        severity: "warning",
        confidence: "likely",
        tool: "search_orders",
        facts: { param: "tools[0].function.parameters", providerStatus: "400" },
        modifiers: ["recovered"],
        count: 1,
        first: null,
        last: null,
        consequences: [],
        fix: { summary: "Give every array of the schema its items.", steps: ["Add items to tags."], code: {} },
        cause: "The array tags has no items, and OpenAI wants them.",
        evidence: [
          evidence({
            kind: "span",
            source: "traces.jsonl",
            line: 3,
            byteOffset: null,
            traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
            spanId: "00f067aa0ba902b7",
            callId: null,
            excerpt:
              "BadRequestError: Error code: 400\nInvalid schema for function 'search_orders': array schema missing items",
            highlight: [33, 77],
          }),
        ],
        call: null,
      }),
    ],
    unclassified: [
      {
        template: "Connection to <*> lost after <n> tries",
        count: 12,
        evidence: [
          evidence({ line: 77, excerpt: "Connection to db-3 lost after 4 tries", highlight: null, callId: null }),
        ],
      },
    ],
    totals: { requested: 41, answered: 38, failed: 3, recovered: 1 },
    coverage: {
      records: 213_482,
      spans: 41,
      dialects: ["autogen-console", "genai"],
      dropped: { "record over 16 MB, cut": 2 },
      skipped: [{ detector: "argument-schema", reason: "no tool definitions: gen_ai.tool.definitions" }],
      notes: ["app.log: read as text (no other format fits)"],
    },
    ...change,
  };
}

export function incident(change: Partial<Incident> = {}): Incident {
  return {
    id: "a00000000001",
    classifier: "arguments/unexpected-argument",
    layer: "arguments",
    stage: "validated",
    title: "The model passes an argument that the tool does not have",
    severity: "error",
    confidence: "certain",
    tool: "get_claim",
    facts: { argument: "claimId", nearest: "claim_id", tool: "get_claim" },
    modifiers: ["masked", "repeated"],
    count: 3,
    first: "2026-01-31T14:02:11.000Z",
    last: "2026-01-31T14:03:40.000Z",
    runs: ["run-1"],
    agents: ["claims_agent"],
    models: ["gpt-4o"],
    cause: "The model sent claimId; get_claim takes claim_id.",
    fix: {
      summary: "Make the names that the model sees and the names that the function takes the same.",
      steps: [
        "Rename the parameter in the code or in the schema, so that the offered schema and the function agree on every name.",
        "Name the parameter in the tool's description where the model keeps using another word for it.",
      ],
      code: {
        autogen: {
          before: "async def get_claim(claim_id: str) -> str: ...\n",
          after:
            'async def get_claim(\n    claim_id: Annotated[str, "The claim\'s id, such as C-1042"],\n) -> str: ...\n',
        },
      },
    },
    evidence: [
      evidence(),
      evidence({ line: 390, callId: "call_r0Aa2" }),
      evidence({
        line: 512,
        callId: "call_s1Bb3",
        excerpt: "Error: 1 validation error for get_claimargs",
        highlight: [7, 25],
      }),
    ],
    call: {
      id: "call_q8Zt1",
      run: "run-1",
      argumentsRaw: '{"claimId": "C-1042"}',
      schema: {
        type: "object",
        properties: { verbose: { type: "boolean" }, claim_id: { type: "string" } },
        required: ["claim_id"],
      },
      result: "Error",
      stages: {
        offered: "ok",
        requested: "ok",
        parsed: "ok",
        "looked up": "ok",
        validated: "failed",
        executed: "not-reached",
        returned: "not-reached",
        consumed: "unknown",
      },
    },
    causedBy: null,
    consequences: ["b00000000002"],
    ...change,
  };
}

export function evidence(change: Partial<Evidence> = {}): Evidence {
  return {
    kind: "log",
    source: "app.log",
    line: 214,
    byteOffset: 12_345,
    traceId: null,
    spanId: null,
    messageIndex: null,
    callId: "call_q8Zt1",
    excerpt: "TypeError: get_claim() got an unexpected keyword argument 'claimId'",
    highlight: [11, 67],
    ...change,
  };
}
