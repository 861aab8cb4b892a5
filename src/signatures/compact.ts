import type { Classifier, Signature } from "../records/classifier.ts";

/** A signature as the built pack keeps it: only what differs from the default, since the pack is read at every start. */
export type CompactSignature = Pick<Signature, "id"> & Partial<Signature>;
export type CompactClassifier = Omit<Classifier, "signatures" | "examples"> & { signatures: CompactSignature[] };

const DEFAULTS: Omit<Signature, "id" | "literals"> = {
  pattern: null,
  flags: "",
  in: ["log", "exception", "tool-result", "model-error", "status"],
  facts: {},
  severity: null,
  stage: null,
  confidence: "certain",
  weight: 1,
  needsAgent: false,
  lastResort: false,
  result: "start",
  frameworks: [],
  sequence: null,
};

export function compact({ examples: _examples, ...classifier }: Classifier): CompactClassifier {
  return { ...classifier, signatures: classifier.signatures.map(compactSignature) };
}

export function hydrate({ signatures, ...classifier }: CompactClassifier): Omit<Classifier, "examples"> {
  return { ...classifier, signatures: signatures.map((s) => ({ literals: [], ...DEFAULTS, ...s })) };
}

function compactSignature(signature: Signature): CompactSignature {
  const kept = Object.entries(signature).filter(
    ([name, value]) =>
      name === "id" || JSON.stringify(value) !== JSON.stringify((DEFAULTS as Record<string, unknown>)[name]),
  );
  return Object.fromEntries(kept) as unknown as CompactSignature;
}
