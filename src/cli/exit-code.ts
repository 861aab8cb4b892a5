import type { Report } from "../index.ts";
import { SEVERITIES } from "../records/life.ts";
import { EXIT } from "./errors.ts";
import type { Values } from "./flags.ts";
import { counts } from "./select.ts";

/** 1 when an incident that stands is at least as severe as `--fail-on` says. */
export function exitCodeOf(report: Report, failOn: Values["fail-on"]): number {
  if (failOn === "never") return EXIT.ok;
  const limit = SEVERITIES.indexOf(failOn);
  return report.incidents.some((incident) => counts(incident) && SEVERITIES.indexOf(incident.severity) <= limit)
    ? EXIT.failure
    : EXIT.ok;
}
