import type { Rule } from "./rules.ts";

const TOOL = "(TOOL|CALL)";

/** What was wrong with a call before its tool began. */
export const RULES_OF_CALLS: readonly Rule[] = [
  {
    cause: "registration/invalid-definition",
    says: [
      "DUP ~ (TOOL|TOOLS|TOOLNAME)",
      "(TOOL|TOOLNAME) NAME? DUP",
      "(TOOL|toolset) ~ (NOTSUPPORT|INVALID) type",
      "toolset type ~ NOTSUPPORT",
    ],
    sure: true,
  },
  {
    cause: "registration/tool-not-wired",
    says: [
      `${TOOL} ~ (HASNO|MISSING|without) ~ HANDLER`,
      "HANDLER ~ (NOTFOUND|MISSING|EMPTY|NOTIMPL)",
      "(no|MISSING|HASNO) HANDLER",
      "HASNO HANDLER",
      `${TOOL} ~ NOTIMPL`,
      "TOOL module NOTFOUND",
      "EMPTY ~ HANDLER",
    ],
    also: /tool|function|\bcall\b|executor/i,
    tail: "tool",
    sure: true,
  },
  {
    cause: "arguments/truncated",
    says: ["ARGS ~ TRUNC", "TRUNC ~ ARGS"],
    sure: true,
  },
  {
    cause: "arguments/malformed-json",
    says: [
      "ARGS ~ (INVALID|MUST) ~ JSON",
      "ARGS ~ (INVALID|PARSE)",
      "INVALID JSON ~ ARGS",
      "JSON ~ ARGS ~ (INVALID|FAILED)",
      "FAILED ~ PARSE ~ ARGS",
      "ARGS ~ not ~ JSON",
      "ARGS ~ expecting value",
      "PARSE ~ ARGS ~ FAILED",
    ],
    also: /json|pars|decod|unmarshal|deseriali|malformed|expecting value|invalid character|unexpected token/i,
    unless: /json object|must be an? object|validation|cannot unmarshal|schema/i,
    sure: true,
  },
  {
    cause: "arguments/unexpected-argument",
    says: [
      "(UNEXPECTED|NOTFOUND) (ARGS|FIELD)",
      "NAME NOTACCEPT",
      "(ARGS|FIELD) :? NAME? (NOTFOUND|UNEXPECTED)",
      "(TOOL|HANDLER) NAME? NOTACCEPT ~ ARGS",
    ],
    also: /tool|argument|parameter|param\b|function|\bkwargs?\b|does(?: not|n['’]t) (?:accept|take)/i,
    unless: /\bcolumn|endpoint|option\b/i,
    tail: "argument",
  },
  {
    cause: "arguments/invalid-value",
    says: [
      "(NAME|ARGS|FIELD) MUST NONEMPTY",
      "(NAME|FIELD) EXCEED NUM",
      "ARGS - EXCEED",
      "NAME MUST ~ (one|between|positive|negative|greater|less|at|datetime|date|url|format|valid|absolute|relative)",
      "INVALID value ~ (ARGS|FIELD|NAME)",
      "(ARGS|FIELD) :? NAME INVALID",
    ],
    also: /tool|argument|args\b|param|function|\bcall|input/i,
    unless: /\bjson\b|\bcontext\b|\btokens?\b|\bquota\b|\brate\b/i,
  },
  {
    cause: "arguments/wrong-type",
    says: [
      "ARGS ~ MUST type? JSON? TYPE",
      "ARGS ~ MUST JSON ~ TYPE",
      "ARGS ~ MUST JSONOBJ",
      "ARGS - MUST TYPE",
      "(ARGS|FIELD) ~ NOTYPE",
      "MUST TYPE ~ (got|received|but)",
      "NAME MUST TYPE",
      "NOTYPE TYPE into ~ (ARGS|FIELD)",
      "NOTYPE ~ TYPE",
    ],
    also: /tool|argument|args\b|param|function|\bcall|struct field \w*args/i,
    unless: /non-empty|array too long|maximum length/i,
  },
  {
    cause: "arguments/missing-argument",
    says: [
      "MISSING ~ (ARGS|FIELD)",
      "(ARGS|FIELD) NAME? : ? NAME? ~ MISSING",
      "NAME MISSING (but|STOP)",
      "MUST ~ MISSING ~ FIELD",
      "(ARGS|FIELD) ~ MISSING",
      "(TOOLERR|BADPARAMS) ~ MISSING",
    ],
    also: /tool|argument|args\b|param|function|\bcall|input|keyword|32602/i,
    unless: /\b(?:command|cli|usage:)/i,
    tail: "argument",
  },
  {
    cause: "arguments/empty",
    says: ["ARGS EMPTY", "EMPTY ARGS", "TOOL ~ MISSING JSON ARGS"],
    sure: true,
  },
  {
    cause: "arguments/validation-failed",
    says: ["ARGS ~ MISMATCH", "MISMATCH ~ ARGS", "INVALID ARGS ~ (TOOL|CALL)", "(TOOL|CALL) ~ INVALID ARGS"],
    sure: true,
  },
];
