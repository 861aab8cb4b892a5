import type { FactName, Facts } from "./finding.ts";
import type { Confidence, Layer, Severity, Stage } from "./life.ts";
import type { Place } from "./text.ts";

/** A classifier as its YAML file has it, checked and completed at build time (src/signatures/schema.ts). */
export interface Classifier {
  id: string;
  layer: Layer;
  /** The stage that fails when a finding does not say so itself; null where no call is involved. */
  stage: Stage | null;
  title: string;
  severity: Severity;
  cause: string;
  impact: string | null;
  fix: { summary: string; steps: string[]; code: Record<string, { before: string; after: string }> };
  signatures: Signature[];
  detectors: string[];
  examples: { match: Example[]; clean: CleanExample[] };
  references: string[];
  related: string[];
  tags: string[];
  versions: VersionNote[];
  /** The id of a built-in classifier that this one adds to, or silences with `signatures: []` and `silence: true`. */
  extends: string | null;
  silence: boolean;
}

export interface Signature {
  id: string;
  /** JavaScript regular expression; named groups are facts. Null for a sequence. */
  pattern: string | null;
  flags: string;
  /** Lower-case literals one of which occurs in every text that the pattern matches; derived from the pattern at build time. */
  literals: string[];
  in: Place[];
  /** Facts that the wording implies. */
  facts: Facts;
  severity: Severity | null;
  stage: Stage | null;
  confidence: Confidence;
  /** 2 names the cause itself, 1 is the normal case, 0 is a wrapper or a general word that a better one hides. */
  weight: 0 | 1 | 2;
  /** Counts only with evidence of an agent (tool call, model call, MCP) in the same record or near it. */
  needsAgent: boolean;
  /**
   * General words, in which anybody may say it: looked at only where a text tells of a failure that nothing else explains,
   * so that no log is scanned for them.
   */
  lastResort: boolean;
  /** In an unflagged tool result: only at the start of the text ("start"), or anywhere because nobody else writes it ("anywhere"), or never ("flagged"). */
  result: "start" | "anywhere" | "flagged";
  frameworks: string[];
  sequence: Sequence | null;
}

/** Records in order within a window, joined on captured facts, with an optional absence. */
export interface Sequence {
  steps: { pattern: string; flags: string; literals: string[]; absent: boolean }[];
  within: { seconds: number | null; records: number | null };
  on: FactName[];
}

export interface Example {
  /** The text, or null when `file` names a fixture beside the classifier. */
  text: string | null;
  file: string | null;
  in: Place;
  facts: Facts;
  /** The tool-result flag to test with. */
  flagged: boolean | null;
}
export type CleanExample = Omit<Example, "facts">;

export interface VersionNote {
  package: string;
  range: string;
  note: string;
  fixedIn: string | null;
}

/** What `npm run build` writes to build/pack.json. */
export interface Pack {
  classifiers: Classifier[];
}
