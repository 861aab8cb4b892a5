import type { ToolCall } from "../records/call.ts";
import type { Facts } from "../records/finding.ts";

/**
 * What a failed call says of one of its arguments, in anybody's words: `'path' is required but missing`, `expected integer for
 * line, got 'abc'`. Null where its schema or its arguments show that the words are about something else.
 */
export function argumentSaid(words: string, call: ToolCall): { classifier: string; facts: Facts } | null {
  const line = words.trimStart().slice(0, LONGEST).split("\n", 1)[0]!;
  for (const [pattern, classifier] of WORDS) {
    const facts = pattern.exec(line)?.groups;
    if (facts !== undefined && fits(classifier, facts["argument"] ?? "", call))
      return { classifier, facts: { ...facts } };
  }
  return null;
}

const LONGEST = 240;
const TYPE =
  "(?<expected>integer|int|number|numeric|float|string|str|boolean|bool|array|list|object|dict|dictionary|date|datetime)";
const FIELD = "(?:field|parameter|param|argument|property)";
/** Quoted or not; a little word behind `parameter` is no name. */
const NAME =
  "['\"`]?(?!(?:a|an|and|at|by|for|from|in|is|of|on|or|the|to|type|value|values|was|with)\\b)(?<argument>[A-Za-z_][\\w.-]{0,63})['\"`]?";

const WORDS: readonly (readonly [pattern: RegExp, classifier: string])[] = [
  [said(`missing (?:the |a )?(?:required |mandatory )${FIELD}s?:? ${NAME}`), "arguments/missing-argument"],
  [said(`${FIELD} ${NAME} (?:is|was) (?:required|missing|not (?:provided|given|set))`), "arguments/missing-argument"],
  [/['"`](?<argument>[A-Za-z_]\w{0,63})['"`] is (?:required|mandatory|missing)\b/i, "arguments/missing-argument"],
  [said(`expected (?:an? )?${TYPE} (?:for|in|at) (?:${FIELD} )?${NAME},? (?:but )?got`), "arguments/wrong-type"],
  [said(`invalid type for (?:${FIELD} )?${NAME}:? expected (?:an? )?${TYPE}`), "arguments/wrong-type"],
  [said(`${FIELD} ${NAME} (?:must|should|has to) be (?:an? |of type )?${TYPE}`), "arguments/wrong-type"],
];

function said(phrase: string): RegExp {
  return new RegExp(`\\b${phrase}\\b`, "i");
}

/** A missing one is known to the schema and was not given; of one of a wrong type both hold. */
function fits(classifier: string, argument: string, { schema, arguments: given }: ToolCall): boolean {
  const properties = fieldsOf(fieldsOf(schema)?.["properties"]);
  if (properties !== null && !Object.hasOwn(properties, argument)) return false;
  const fields = fieldsOf(given);
  return fields === null || Object.hasOwn(fields, argument) === (classifier === "arguments/wrong-type");
}

function fieldsOf(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
}
