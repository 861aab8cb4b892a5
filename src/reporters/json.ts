import type { Reporter } from "./reporter.ts";

/** The report as it is, schema `misfire.report/1`: one object. */
export const json: Reporter = (report) => `${JSON.stringify(report, null, 2)}\n`;
