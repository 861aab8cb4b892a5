/** What `misfire lint` and the warnings of the instrumentation are made of, apart from src/index.ts so that a diagnosis does not load it. */
export { offerIn } from "./lint/in-file.ts";
export { offerInFact } from "./lint/in-fact.ts";
export { PROVIDERS } from "./lint/provider.ts";
export type { Offer, Problem } from "./lint/problems.ts";
export { createLint, type LintReport, type Place } from "./lint/report.ts";
export { schemaProblems } from "./lint/schema-problems.ts";
