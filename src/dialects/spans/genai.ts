import { operationKind } from "./kinds.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

/** The GenAI conventions by anybody, in every generation. */
export const genai = spanDialect({
  name: "genai",
  score: (span) => (operationKind(span) === undefined ? 0 : SCORES.shared),
  kind: (span) => operationKind(span) ?? "none",
});
