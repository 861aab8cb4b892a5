import type { AgentEvidence } from "./diagnosis/agent-evidence.ts";
import { completeFacts } from "./diagnosis/complete-facts.ts";
import type { Beyond } from "./diagnosis/finding-store.ts";
import type { PackageVersions } from "./diagnosis/package-versions.ts";
import { reportOf } from "./diagnosis/report.ts";
import { detectors, settleFindings } from "./detectors/index.ts";
import type { Classifier } from "./records/classifier.ts";
import type { Case } from "./records/detector.ts";
import type { Finding } from "./records/finding.ts";
import { redactReport } from "./records/redact-report.ts";
import type { Coverage, EachIncident, Report, SourceSummary, Unclassified } from "./records/report.ts";

/** What was read of some runs. */
export interface CaseParts {
  the: Case;
  /** Those of texts; the structural ones are found here. */
  findings: readonly Finding[];
  beyond: ReadonlyMap<string, Beyond>;
  /** Whether a text told of the finding's call, and is in `beyond` alone. */
  isCounted: (finding: Finding) => boolean;
  /** `skipped` is filled in here. */
  coverage: Coverage;
  sources: SourceSummary[];
  /** Failures that nothing explains, among them the findings that are in doubt. */
  unclassified: (doubted: readonly Finding[]) => Unclassified[];
  each?: EachIncident;
}

/** What holds for all runs. */
interface Judging {
  version: string;
  classifiers: readonly Classifier[];
  maxEvidence: number;
  keep: (finding: Finding) => boolean;
  agents: AgentEvidence;
  versions: PackageVersions;
}

/** Holds findings and calls against each other, and makes the report of it. */
export function judge(
  parts: CaseParts,
  { version, classifiers, maxEvidence, keep, agents, versions }: Judging,
): Report {
  const { the, findings, beyond, sources, coverage, each } = parts;
  const { found, skipped, notes } = detect(the);
  const all = settleFindings([...findings, ...found.filter((f) => !parts.isCounted(f))], the);
  // a generic word without an agent near it is no finding, but it is not dropped either
  const doubted = new Set(all.filter((f) => f.needsAgent && !agents.near(f)));
  const counted = all.filter((f) => !doubted.has(f) && keep(f));
  completeFacts(counted, the.calls, the.runs);
  return redactReport(
    reportOf({
      version,
      classifiers: new Map(classifiers.map((c) => [c.id, c])),
      findings: counted,
      beyond,
      calls: the.calls,
      unclassified: parts.unclassified([...doubted]),
      sources,
      coverage: { ...coverage, skipped, notes: [...coverage.notes, ...notes] },
      sawAgent: agents.any,
      maxEvidence,
      versions,
      ...(each && { each }),
    }),
  );
}

/** A detector that fails costs what it finds, not the report. */
function detect(the: Case): { found: Finding[]; skipped: Coverage["skipped"]; notes: string[] } {
  const found: Finding[] = [];
  const skipped: Coverage["skipped"] = [];
  const notes: string[] = [];
  for (const { name, skip, detect: find, unsure } of detectors) {
    try {
      const reason = skip(the);
      if (reason === null) {
        found.push(...find(the));
        const left = unsure?.(the) ?? null;
        if (left !== null) notes.push(`${name}: ${left}`);
      } else skipped.push({ detector: name, reason });
    } catch (error) {
      skipped.push({ detector: name, reason: `it failed: ${error instanceof Error ? error.message : String(error)}` });
    }
  }
  return { found, skipped, notes };
}

/** Detectors that look at several runs at once, where runs were judged and let go before others came. */
export function partlyRun(letGo: number): Coverage["skipped"] {
  const reason = `in part: ${letGo} earlier runs were judged and let go to bound the memory, and are not held against later ones`;
  return letGo === 0 ? [] : detectors.flatMap(({ name, acrossRuns }) => (acrossRuns ? { detector: name, reason } : []));
}

export function emptyCoverage(): Coverage {
  return { records: 0, spans: 0, dialects: [], dropped: {}, skipped: [], notes: [] };
}
