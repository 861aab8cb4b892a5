import { createAnalyzer, type Analyzer } from "../index.ts";
import type { Span } from "../records/records.ts";
import { readInputs } from "../sources/inputs.ts";
import { loadClassifiers } from "../user-packs.ts";
import type { Call } from "./call.ts";
import { EXIT } from "./errors.ts";
import { missingHint } from "./missing-hint.ts";
import { createProgress } from "./progress.ts";

/** All inputs in one analyzer, read to their end. `code` is the exit code that reading alone asks for. */
export interface ReadCase {
  analyzer: Analyzer;
  code: number;
}

/** Reads files, directories and stdin as one case for a command that prints something else than the report. */
export async function readCase(paths: readonly string[], call: Call, spans: (span: Span) => void): Promise<ReadCase> {
  const { values, io } = call;
  const format = values["format-in"];
  const classifiers = await loadClassifiers(values.classifiers);
  const analyzer = createAnalyzer({ classifiers, spans, ...(format !== null && { format }) });
  const progress = createProgress(io, true);
  let unreadable = false;
  await readInputs(
    paths,
    {
      open: (name) => analyzer.source(name),
      problem({ kind, name, reason }) {
        progress.clear();
        unreadable ||= kind === "unreadable";
        io.err(`misfire: ${name === "-" ? "stdin" : name}: ${reason}${missingHint(name, call.words)}\n`);
      },
      skipped: () => {},
      progress: (name, read, size) => progress.update(name, read, size),
    },
    io.signal,
  );
  progress.clear();
  return { analyzer, code: io.signal.aborted ? EXIT.interrupted : unreadable ? EXIT.unreadable : EXIT.ok };
}

/** `json` over several lines, `ndjson` on one. */
export function printJson(value: unknown, { values, io }: Call): void {
  io.out(`${values.format === "ndjson" ? JSON.stringify(value) : JSON.stringify(value, null, 2)}\n`);
}
