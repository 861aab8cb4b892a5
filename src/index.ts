import { createAnalyzer as create, type Analyzer, type AnalyzerOptions as Inner } from "./analyzer.ts";
import { builtInPack, version } from "./pack.ts";
import type { Classifier } from "./records/classifier.ts";
import type { Report } from "./records/report.ts";

export type { Analyzer } from "./analyzer.ts";
export type { Run, ToolCall } from "./records/call.ts";
export type { Classifier } from "./records/classifier.ts";
export type { Evidence } from "./records/evidence.ts";
export type { Finding } from "./records/finding.ts";
export type { Incident, Report } from "./records/report.ts";
export { sniff } from "./ingest/sniff.ts";
export { createExchangeSpans, type ToSpans, type WireExchange } from "./exchange-spans.ts";
export { decodeOtlp, type OtlpBatch, type OtlpDecoded } from "./decode-otlp.ts";
export { version } from "./pack.ts";

export interface AnalyzerOptions extends Omit<Partial<Inner>, "classifiers"> {
  /** More classifiers, compiled (`loadClassifiers` in `misfire` reads YAML folders). A built-in one of the same id is replaced. */
  classifiers?: readonly Classifier[];
}

/** An analyzer with the built-in classifiers: give it bytes, ask it for a report. */
export function createAnalyzer(options: AnalyzerOptions = {}): Analyzer {
  return create({ ...options, version, classifiers: withUsers(builtInPack().classifiers, options.classifiers ?? []) });
}

/**
 * Diagnoses a whole input: text, bytes, or several of them by name.
 *
 *     const report = await diagnose(await readFile("app.log"), { name: "app.log" });
 *     report.incidents[0]?.cause;
 */
export async function diagnose(
  input: Input | Record<string, Input>,
  options: AnalyzerOptions & { name?: string } = {},
): Promise<Report> {
  const analyzer = createAnalyzer({ mostKept: MOST_KEPT, ...options });
  const inputs = isInput(input) ? { [options.name ?? "-"]: input } : input;
  for (const [name, one] of Object.entries(inputs)) {
    const source = analyzer.source(name);
    if (typeof one === "string") source.push(new TextEncoder().encode(one));
    else if (one instanceof Uint8Array) source.push(one);
    else
      for await (const block of one) source.push(typeof block === "string" ? new TextEncoder().encode(block) : block);
    source.end();
  }
  return analyzer.report();
}

/** Holds a whole diagnosis below 400 MB, whatever the size of the input. */
export const MOST_KEPT = 16 << 20;

export type Input = string | Uint8Array | AsyncIterable<Uint8Array | string>;

function isInput(input: Input | Record<string, Input>): input is Input {
  return typeof input === "string" || input instanceof Uint8Array || Symbol.asyncIterator in input;
}

/** A user's file replaces, extends or silences the built-in one of that id. */
function withUsers(builtIn: readonly Classifier[], users: readonly Classifier[]): readonly Classifier[] {
  if (users.length === 0) return builtIn; // the same array, so that what is compiled from it serves again
  const all = new Map(builtIn.map((c) => [c.id, c]));
  for (const user of users) {
    const base = user.extends === null ? undefined : all.get(user.extends);
    if (base === undefined) all.set(user.id, user);
    else if (user.silence) all.delete(base.id);
    else all.set(base.id, { ...base, signatures: [...base.signatures, ...user.signatures] });
  }
  return [...all.values()];
}
