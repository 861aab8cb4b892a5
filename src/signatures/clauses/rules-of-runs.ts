import type { Rule } from "./rules.ts";

const TOOL = "(TOOL|CALL)";

/** What befell a run, a server or a provider, whatever the call was. */
export const RULES_OF_RUNS: readonly Rule[] = [
  {
    cause: "telemetry/record-lost",
    says: [
      "FAILED ~ (export|exporting|flush|send|record) ~ (SPAN|batch)",
      "exporting SPAN",
      "SPAN - (dropped|discarded)",
    ],
  },
  {
    cause: "model/content-filtered",
    says: ["SAFETY ~ (DENIED|MISMATCH|triggered|FAILED)", "(DENIED|stopped|ended) ~ SAFETY", "MISMATCH ~ SAFETY"],
    sure: true,
  },
  {
    cause: "concurrency/event-loop",
    says: [
      "EVENTLOOP ~ (CLOSED|different|wrong|mismatch|NOTSUPPORT|another|outside)",
      "(different|wrong|nested|outside|FAILED|another|inside) ~ EVENTLOOP",
    ],
    unless: /exception ignored/i,
  },
  {
    cause: "concurrency/state-conflict",
    says: [
      "CONFLICT ~ (STATE|key|updates|write)",
      "(STATE|key|write|update) ~ CONFLICT",
      "(branches|nodes) ~ (wrote|write)",
    ],
    also: /state|branch|node|key|step/i,
    unless: /merge conflict|\bgit\b/i,
  },
  {
    cause: "concurrency/shared-state",
    says: [
      "(STATE|MESSAGE|AGENT|SESSION|CONTEXT) ~ (changed|shared|modified|corrupted|leaked|used) ~ (RUN|CONCUR|AGENT|threads|run|runs)",
      "CONCUR modification ~ (STATE|AGENT|MESSAGE)",
    ],
    also: /agent|run|history|conversation|tool/i,
  },
  {
    cause: "concurrency/overload",
    says: ["CONCUR ~ (EXCEED|limit|full|EMPTY|overflow)", "EXCEED ~ CONCUR", "(AGENT|RUN) limit EXCEED"],
    also: /agent|tool|\brun|llm|model/i,
    unless: /\bqueued\b/i,
  },
  { cause: "flow/loop", says: [`${TOOL} ~ LOOP`, `LOOP ~ ${TOOL}`, "repeated ~ (TOOL|CALL|TOOLS)"], sure: true },
  {
    cause: "flow/step-limit",
    says: [
      "EXCEED ~ (maximum|max|limit) ~ (STEP|CALL|TOOLS)",
      "(AGENT|RUN) stopped : EXCEED",
      "(maximum|max) STEP",
      "(maximum|max) ~ (STEP|CALL) ~ EXCEED",
      "(CALL|STEP) (limit|BUDGET) ~ EXCEED",
      "EXCEED ~ (CALL|STEP) (limit|BUDGET)",
      "EXCEED (CALL|STEP)",
      "(CALL|STEP) ~ EXCEED ~ (limit|maximum|max|BUDGET)",
    ],
    unless: /\bmaximum recursion depth\b|\b(?:while|for) loop\b/i,
    sure: true,
  },
  {
    cause: "concurrency/already-running",
    says: [
      "(RUN|AGENT|SESSION|STEP|MESSAGE) ~ BUSY",
      "SESSION has active RUN",
      "RUN ~ (waiting|wait) ~ (finish|finished)",
    ],
    unless: /\bskipp/i,
  },
  {
    cause: "result/too-large",
    says: ["RESULT ~ EXCEED", "RESULT ~ TRUNC"],
    unless: /\bloop\b|\bcall limit\b/i,
    sure: true,
  },
  {
    cause: "mcp/timeout",
    says: ["MCP ~ TIMEOUT", "HANDSHAKE ~ TIMEOUT", "MCP - NOREPLY", "TOOL discovery TIMEOUT"],
    also: /mcp|json-?rpc|tools\/list/i,
    unless: /\btool execution\b/i,
    sure: true,
  },
  {
    cause: "mcp/auth",
    says: [
      "(MCP|OAUTH|SERVER) ~ (APIKEY|OAUTH) ~ (FAILED|DENIED|MISSING|INVALID)",
      "(MCP|MCPERR) ~ (DENIED|MISSING) ~ (APIKEY|OAUTH)",
      "MCPERR ~ APIKEY MISSING",
      "(APIKEY|OAUTH) ~ MCP ~ FAILED",
      "(SERVER|MCP) - MISSING - (APIKEY|OAUTH)",
      "OAUTH ~ (INVALID|FAILED|DENIED)",
      "FAILED ~ (exchange|register) ~ (code|client|APIKEY) ~ (OAUTH|INVALID|DENIED|APIKEY)",
      "(MCP|HANDSHAKE) ~ FAILED ~ (401|403)",
    ],
    also: /mcp|oauth|server/i,
    sure: true,
  },
  {
    cause: "mcp/protocol",
    says: [
      "HANDSHAKE ~ (NOTSUPPORT|UNEXPECTED|MISMATCH)",
      "(NOTSUPPORT|UNEXPECTED) ~ HANDSHAKE",
      "(MCP|SERVER) ~ NOTSUPPORT ~ (TOOLS|TOOL|resources|PROMPTS)",
      "received EMPTY ~ (CALL|MCP)",
      "EMPTY MCP",
      "MCP ~ (INVALID|PARSE) ~ (MESSAGE|JSON|response)",
      "MCP ~ JSON ~ (PARSE|INVALID)",
      "(MCP|HANDSHAKE) HASNO ~ result",
      "CONNECTION ~ CLOSED started",
    ],
    sure: true,
  },
  {
    cause: "mcp/server-error",
    says: ["(MCP|HANDSHAKE) ~ FAILED ~ (UPSTREAM|NUM)", "(MCP|HANDSHAKE) ~ returned ~ (UPSTREAM|NUM)"],
    also: /\bmcp\b[^\n]*\b[45]\d\d\b/i,
    sure: true,
  },
  {
    cause: "mcp/connection",
    says: [
      "MCP ~ CLOSED",
      "CLOSED ~ MCP",
      "MCP ~ NETWORK",
      "MCP ~ script NOTFOUND",
      "MCP ACTION NOTFOUND",
      "FAILED ~ (HANDSHAKE|load|connect|start|spawn|open) ~ MCP",
      "MCP ~ (HANDSHAKE|CONNECTION) ~ (FAILED|CLOSED)",
      "SERVER NAME CLOSED",
      "CLOSED SERVER NAME",
      "CLOSED ~ (HANDSHAKE|CALL)",
    ],
    unless: /\bcalling tool\b|\btool\b[^\n]{0,40}\bnot found\b/i,
    sure: true,
  },
  {
    cause: "provider/rate-limited",
    says: [
      "RATE ~ (EXCEED|FAILED|DENIED|retry|again)",
      "EXCEED ~ RATE",
      "RATE : retry",
      "QUOTA ~ EXCEED ~ (again|retry)",
      "QUOTA ~ EXCEED ~ (day|minute|hour)",
    ],
  },
  {
    cause: "provider/rate-limited",
    says: ["(QUOTA|RATE) ~ EXCEED", "EXCEED ~ QUOTA", "(FAILED|DENIED|says) ~ RATE"],
    also: /\b429\b|rate.?limit|per.(?:day|minute|hour)|\/(?:day|min)|try again|\b[rt]pm\b|model|llm|provider/i,
    sure: true,
  },
  {
    cause: "provider/auth",
    says: [
      "(MODEL|PROVIDER|MODELERR) ~ APIKEY ~ (MISSING|INVALID|DENIED|FAILED)",
      "(MISSING|INVALID|DENIED|FAILED) ~ (MODEL|PROVIDER) ~ APIKEY",
      "APIKEY ~ (MODEL|PROVIDER) ~ (INVALID|MISSING|DENIED)",
      "no APIKEY ~ (MODEL|PROVIDER)",
      "(MODEL|PROVIDER) ~ (suspended|DENIED) ~ (key|invoice|FIELD|balance)",
      "DENIED (from|by)? (MODEL|PROVIDER)",
      "PROVIDER DENIED (key|APIKEY|FIELD)",
    ],
    sure: true,
  },
  {
    cause: "provider/network",
    says: [
      "(MODEL|PROVIDER|MODELERR) ~ (NETWORK|CLOSED|TIMEOUT)",
      "(NETWORK|CLOSED|TIMEOUT|lost) ~ (MODEL|PROVIDER)",
      "(MODEL|PROVIDER) ~ NOREPLY",
    ],
    unless: /\btool\b|\bmcp\b/i,
    sure: true,
  },
  {
    cause: "provider/overloaded",
    says: ["(MODEL|PROVIDER|MODELERR) ~ UPSTREAM", "UPSTREAM ~ (MODEL|PROVIDER)"],
    unless: /\btool\b/i,
    sure: true,
  },
  { cause: "provider/auth", says: ["QUOTA ~ EXCEED", "EXCEED ~ QUOTA"], unless: /free samples|\bmcp\b/i },
  {
    cause: "provider/context-overflow",
    says: ["CONTEXT ~ EXCEED", "EXCEED ~ CONTEXT", "MESSAGE ~ EXCEED ~ CONTEXT", "CONTEXT full", "input EXCEED ~ NUM"],
    also: /token|context|prompt/i,
    unless: /\bresponse[- ]time\b/i,
    sure: true,
  },
];
