import type { Rule } from "./rules.ts";

/** What was refused of a request, or missing in a model's answer. */
export const RULES_OF_REQUESTS: readonly Rule[] = [
  {
    cause: "conversation/orphan-tool-response",
    says: [
      "(RESULT|TOOLMSG|TOOL) ~ NOMATCH ~ CALL",
      "(RESULT|TOOLMSG) ~ NOMATCH",
      "MESSAGE ~ NOMATCH ~ CALL",
      "NOMATCH (TOOLMSG|RESULT)",
    ],
    sure: true,
  },
  {
    cause: "conversation/missing-tool-response",
    says: [
      "(CALL|TOOLS|CALLID) ~ UNANSWERED",
      "UNANSWERED ~ (CALL|TOOLMSG)",
      "CALL ~ NOMATCH ~ (RESULT|TOOLMSG)",
      "(MISSING|HASNO|no) ~ (RESULT|TOOLMSG) ~ (CALL|CALLID)",
      "MISSING RESULT",
      "RESULT ~ MISSING",
    ],
    sure: true,
  },
  {
    cause: "conversation/invalid-call-id",
    says: [
      "CALLID ~ (MISSING|INVALID|DUP|EMPTY|MUST|MISMATCH)",
      "(INVALID|DUP|MISSING|UNEXPECTED) CALLID",
      "DUP ~ CALLID",
      "(same|EMPTY) ~ (CALLID|id)",
      "CALL ~ DUP",
      "CALL MISSING id",
      "NOID",
    ],
    also: /ids?\b/i,
    unless: /\bno tool output|\bresponding to each/i,
    sure: true,
  },
  {
    cause: "conversation/invalid-message",
    says: [
      "TOOLMSG ~ (MISSING|INVALID|MUST|MISMATCH)",
      "(INVALID|MISSING|UNEXPECTED) ~ TOOLMSG",
      "(INVALID|UNEXPECTED) MESSAGE",
      "MESSAGE ~ (EMPTY|MISSING|DENIED|INVALID) ~ (role|content|FIELD|TOOLS|array|list)",
      "MESSAGE ~ must alternate",
      "MESSAGE ~ (INVALID|MUST|MISMATCH) ~ (role|CALL|TOOL|order|TOOLS)",
      "MISSING ~ (building|build) TOOLMSG",
      "role ~ (INVALID|MUST|UNEXPECTED)",
      "FAILED pass ~ (MESSAGE|AGENT)",
      "(CALL|TOOLS) entries ~ MUST",
    ],
  },
  {
    cause: "registration/unknown-tool",
    says: ["(requested|called|tried|calling|call) ~ (NOTSUPPORT|NOTFOUND|UNEXPECTED) TOOL", "NOTSUPPORT TOOL : ? NAME"],
    sure: true,
  },
  {
    cause: "model/option-unsupported",
    says: ["TOOLCHOICE ~ (MUST|INVALID|NOTSUPPORT|UNEXPECTED)", "(INVALID|NOTSUPPORT|UNEXPECTED) ~ TOOLCHOICE"],
    sure: true,
  },
  {
    cause: "model/structured-output-failed",
    says: [
      "MODEL ~ (output|RESULT|answer|response|JSON) ~ (PARSE|MISMATCH|INVALID)",
      "FAILED ~ PARSE ~ MODEL ~ (output|response|answer)",
      "STRUCT - (FAILED|INVALID|MISMATCH|PARSE)",
      "(FAILED|INVALID) STRUCT",
      "FAILED ~ (PARSE|validate) ~ STRUCT",
    ],
    sure: true,
  },
  {
    cause: "model/no-call",
    says: [
      "MODEL ~ HASNO ~ (CALL|TOOL|TOOLS)",
      "HASNO (CALL|TOOL)",
      "no CALL",
      "MODEL ~ HASNO ~ (answer|output|text|content)",
      "MODEL : EMPTY",
      "(AGENT|MODEL|PROVIDER) ~ EMPTY (answer|response|RESULT|MESSAGE)",
      "MODEL ~ (NOTCALL|without) ~ CALL",
      "expected ~ CALL ~ (got|but) ~ (text|EMPTY|prose)",
    ],
    also: /model|llm|assistant|response|agent/i,
    unless: /final answer|\bends?\b|\bdone\b|stopping|finished/i,
    sure: true,
  },
  {
    cause: "model/call-as-text",
    says: [
      "FAILED ~ PARSE ~ (CALL|CALLTEXT)",
      "MODEL ~ INVALID CALL",
      "MODEL ~ output ~ MISMATCH ~ format",
      "PARSE ~ (CALL|CALLTEXT) ~ FAILED",
      "CALL ~ PARSE ~ FAILED",
      "(CALL|CALLTEXT) ~ PARSE FAILED",
    ],
    unless: /\b(?:arguments?|args|parameters?|input)\b/i,
    sure: true,
  },
  {
    cause: "model/tools-unsupported",
    says: [
      "MODEL ~ NOTSUPPORT ~ (TOOL|TOOLS|CALL)",
      "MODEL ~ CALL NOTIMPL",
      "(TOOLS|CALL) NOTSUPPORT",
      "(TOOLS|CALL) ~ NOTSUPPORT ~ MODEL",
      "NOTSUPPORT ~ (ARGS|param) ~ TOOLS",
    ],
    unless: /\bdrill\b|longer than/i,
    sure: true,
  },
  {
    cause: "model/option-unsupported",
    says: ["MODEL ~ (NOTSUPPORT|NOTACCEPT)", "(NOTSUPPORT|UNEXPECTED) (ARGS|option) : ? NAME"],
    unless: /\btool [\w"'`]+ does|\bwarning\b/i,
  },
  {
    cause: "provider/model-unavailable",
    says: ["MODEL :? NAME? ~ NOTFOUND", "NOTFOUND MODEL", "no MODEL ~ (named|for|MODEL)"],
    unless: /\btool\b/i,
  },
];
