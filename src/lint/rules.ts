import type { Rule } from "./rule.ts";
import { ANTHROPIC_RULES } from "./rules/anthropic.ts";
import { GEMINI_RULES } from "./rules/gemini.ts";
import { JSON_SCHEMA_RULES } from "./rules/json-schema.ts";
import { NAME_RULES } from "./rules/names.ts";
import { REQUEST_RULES } from "./rules/request.ts";
import { SCHEMA_RULES } from "./rules/schema.ts";
import { OPENAI_STRICT_RULES } from "./rules/strict.ts";
import { TOOL_RULES } from "./rules/tools.ts";

/** All rules of all providers, in the order in which they are told. */
export const RULES: readonly Rule[] = [
  ...REQUEST_RULES,
  ...NAME_RULES,
  ...TOOL_RULES,
  ...JSON_SCHEMA_RULES,
  ...SCHEMA_RULES,
  ...OPENAI_STRICT_RULES,
  ...ANTHROPIC_RULES,
  ...GEMINI_RULES,
];
