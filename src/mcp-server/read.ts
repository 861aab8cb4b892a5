import { createAnalyzer, type Analyzer, type Classifier } from "../index.ts";
import type { Span } from "../records/records.ts";
import { readInputs } from "../sources/inputs.ts";

export interface ReadOptions {
  paths: readonly string[];
  classifiers: readonly Classifier[];
  signal: AbortSignal;
  maxEvidence?: number;
  spans?: (span: Span) => void;
}

/** Files as one case; `problems`: what could not be read, in a sentence each. */
export async function readPaths({
  paths,
  classifiers,
  signal,
  maxEvidence = 3,
  spans = () => {},
}: ReadOptions): Promise<{ analyzer: Analyzer; problems: string[]; opened: number }> {
  const analyzer = createAnalyzer({ classifiers, maxEvidence, spans });
  const problems: string[] = [];
  let opened = 0;
  await readInputs(
    // stdin is the protocol's
    paths.map((path) => (path === "-" ? "./-" : path)),
    {
      open(name) {
        opened++;
        return analyzer.source(name);
      },
      problem: ({ name, reason }) => void problems.push(`Not read: ${name}: ${reason}\n`),
      skipped: () => {},
      progress: () => {},
    },
    signal,
  );
  return { analyzer, problems, opened };
}
