import type { Rule } from "./rules.ts";

const TOOL = "(TOOL|CALL)";

/** What befell a tool, its schema or its result. The last ones are the least telling. */
export const RULES_OF_EXECUTION: readonly Rule[] = [
  {
    cause: "schema/strict-mode",
    says: [
      "STRICT ~ (MUST|MISSING|MISMATCH|DENIED|NOTSUPPORT|HASNO|default|defaults|optional|EXCEED)",
      "(FAILED|MISMATCH|NOTSUPPORT|DENIED|compatible) ~ STRICT",
    ],
    also: /tool|function|schema|field|propert|default/i,
    sure: true,
  },
  {
    cause: "schema/unsupported-keyword",
    says: ["(NOTSUPPORT|UNEXPECTED|NOTFOUND) ~ KEYWORD", "KEYWORD NAME? (NOTSUPPORT|DENIED|UNEXPECTED|NOTACCEPT)"],
    also: /schema|tool|function|declaration/i,
    unless: /keyword argument/i,
    sure: true,
  },
  {
    cause: "schema/limits-exceeded",
    says: [
      "EXCEED TOOLS",
      "(EXCEED|most|maximum|max) ~ TOOLS ~ (EXCEED|NUM|limit)",
      "TOOLS ~ (EXCEED|most|maximum) ~ NUM",
      "(DESCRIPTION|SCHEMA) ~ EXCEED",
    ],
    also: /\d/,
    unless: /\bcalls?\b|\brounds?\b/i,
    sure: true,
  },
  {
    cause: "schema/empty-tools",
    says: [
      "TOOLS (list|array|TYPE)? EMPTY",
      "TOOLS MUST TYPE? EMPTY",
      "EMPTY TOOLS",
      "TOOLCHOICE ~ (no|without|EMPTY|MISSING|but) ~ (TOOLS|TOOL)",
      "no TOOLS (passed|offered|given|defined|in|sent)",
      "HASNO TOOLS",
    ],
    sure: true,
  },
  {
    cause: "schema/invalid-schema",
    says: ["SCHEMA - (INVALID|MUST|DENIED|FAILED)", "INVALID SCHEMA", "(FAILED|INVALID) ~ PARSE ~ TOOLS"],
    also: /tool|function|mcp|schema is invalid|input_schema|parameters/i,
    unless: /database|migration|table|xml|graphql/i,
    sure: true,
  },
  {
    cause: "result/not-serializable",
    says: [
      "FAILED ~ SERIAL ~ (RESULT|CALL|TOOL|ARGS)",
      "(RESULT|ARGS|CALL) ~ SERIAL",
      "RESULT ~ (FAILED|not) ~ SERIAL",
    ],
    sure: true,
  },
  { cause: "result/contract-violation", says: ["RESULT ~ MISMATCH", "(MISMATCH|INVALID) ~ RESULT"], sure: true },
  {
    cause: "result/lost",
    says: [
      "(TOOL|CALL) NAME? (returned|gave|produced) EMPTY",
      "TOOL NAME? HASNO ~ (RESULT|result|output|EMPTY)",
      "RESULT ~ EMPTY",
      "EMPTY RESULT",
    ],
    tail: "tool",
    sure: true,
  },
  {
    cause: "execution/timeout",
    says: [`${TOOL} ~ TIMEOUT`, `TIMEOUT ~ ${TOOL}`, "NAME TIMEOUT", "(ACTION|AGENT) TIMEOUT"],
    also: /tool|function|call|skill|agent/i,
    sure: true,
  },
  {
    cause: "execution/cancelled",
    says: ["FAILED : CANCEL", "CALL ~ CANCEL", "TOOL ~ CANCEL", "CANCEL ~ CALL"],
    sure: true,
  },
  {
    cause: "execution/permission-denied",
    says: [
      `${TOOL} ~ DENIED`,
      `DENIED ~ ${TOOL}`,
      `APPROVAL ~ DENIED ~ ${TOOL}`,
      `DENIED ~ APPROVAL ~ ${TOOL}`,
      "(MISSING|no) pending? APPROVAL ~ CALL",
      "(TOOL|CALL|NAME|command|exec) ~ DENIED by (APPROVAL|user)",
      "APPROVAL MISSING APPROVAL",
      "TOOLERR ~ DENIED",
      "RESOURCE DENIED APPROVAL",
    ],
    // A refusal that goes on to say the tool is unknown tells of the name, not of a right.
    unless: /invalid json|schema|content policy|\b(?:find|unknown|no such) (?:an? |any )?(?:tool|function)\b/i,
    sure: true,
  },
  {
    cause: "execution/permission-denied",
    says: ["APPROVAL ~ MISSING APIKEY", "MISSING APIKEY"],
    also: /\brun:|\bretry\b|\blog ?in\b/i,
  },
  {
    cause: "execution/upstream-error",
    says: [
      "(TOOL|CALL|TOOLERR) ~ (UPSTREAM|NETWORK)",
      `(UPSTREAM|NETWORK) ~ ${TOOL}`,
      "UPSTREAM ~ NAME FAILED",
      "UPSTREAM for",
    ],
  },
  {
    cause: "registration/unknown-tool",
    says: [
      "NOTFOUND (TOOL|TOOLNAME)",
      "(TOOL|TOOLNAME) :? NAME? - NOTFOUND",
      "NOTSUPPORT call",
      "(UNEXPECTED|NOTSUPPORT) CALL",
      "CALL - NOTFOUND",
      "NOTFOUND (AI TOOL|ai TOOL)",
    ],
    tail: "tool",
    unless:
      /\btool(?:chain|kit|bar|tip)\b|\b(?:file|path|directory|page|record|order|user)s? (?:was )?not found|no such file/i,
    sure: true,
  },
  { cause: "execution/resource-missing", says: [`${TOOL} ~ RESOURCE ~ NOTFOUND`, `${TOOL} ~ NOTFOUND RESOURCE`] },
  {
    cause: "provider/auth",
    says: ["APIKEY ~ (MISSING|INVALID|DENIED|FAILED)", "(MISSING|INVALID|DENIED|FAILED) ~ APIKEY"],
    also: /api[ -_]?key|provider|model|llm|openai|anthropic|subscription/i,
  },
  {
    cause: "execution/tool-raised",
    says: [`FAILED - ${TOOL} NAME`, `${TOOL} NAME - FAILED`, `${TOOL} FAILED :`, "CALL FAILED", "TOOLERR :"],
    sure: true,
  },
];
