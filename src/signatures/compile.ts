import type { Classifier, Sequence, Signature } from "../records/classifier.ts";
import { LAYERS, type Layer } from "../records/life.ts";
import { isOrdinary } from "../records/commonness.ts";
import { requiredLiterals } from "./literals.ts";
import { classifierSchema, type ClassifierSource } from "./schema.ts";

/** A classifier that cannot be used, with the file and what to do about it. */
export class ClassifierError extends Error {
  readonly file: string;
  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
    this.name = "ClassifierError";
    this.file = file;
  }
}

/** Checks one parsed YAML document and completes it with literals. Throws ClassifierError. */
export function compileClassifier(document: unknown, file: string): Classifier {
  const parsed = classifierSchema.safeParse(completed(document));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ClassifierError(file, `${issue?.path.join(".") || "document"}: ${issue?.message}`);
  }
  const source = parsed.data;
  const layer = source.id.split("/")[0] as Layer;
  if (!LAYERS.includes(layer)) throw new ClassifierError(file, `id: unknown layer ${layer}`);
  const ids = new Set<string>();
  const signatures = source.signatures.map((s) => {
    if (ids.has(s.id)) throw new ClassifierError(file, `signatures: ${s.id} stands twice`);
    ids.add(s.id);
    return compileSignature(s, file);
  });
  return { ...source, layer, signatures };
}

/** A file that extends or silences another says only what it changes; the rest is the other's. */
function completed(document: unknown): unknown {
  if (typeof document !== "object" || document === null || !("extends" in document)) return document;
  const of = String(document.extends);
  const inherited = {
    id: of,
    title: `What ${of} says`,
    severity: "error",
    cause: `What ${of} says.`,
    fix: { summary: `What ${of} says.`, steps: ["-"] },
    ...("silence" in document && document.silence === true ? { examples: { clean: ["-", "-"] } } : {}),
  };
  return { ...inherited, ...document };
}

function compileSignature(s: ClassifierSource["signatures"][number], file: string): Signature {
  if ((s.pattern === null) === (s.sequence === null)) {
    throw new ClassifierError(file, `signatures.${s.id}: has a pattern or a sequence, not both and not none`);
  }
  const scanned = s.in.includes("log") || s.in.includes("exception");
  const literals = s.pattern === null ? [] : literalsOf(s.pattern, s.flags, scanned, file, s.id);
  const sequence: Sequence | null = s.sequence && {
    ...s.sequence,
    steps: s.sequence.steps.map((step) => ({
      ...step,
      literals: literalsOf(step.pattern, step.flags, scanned, file, s.id),
    })),
  };
  return { ...s, literals, sequence };
}

/** `scanned`: whole logs are searched for the literals, so they must be rare. */
function literalsOf(pattern: string, flags: string, scanned: boolean, file: string, id: string): string[] {
  try {
    RegExp(pattern, flags);
  } catch (error) {
    throw new ClassifierError(file, `signatures.${id}: ${(error as Error).message}`);
  }
  const literals = requiredLiterals(pattern);
  if (literals === null) {
    throw new ClassifierError(
      file,
      `signatures.${id}: the pattern requires no literal of 4 or more plain characters (letters, digits, blanks, _-.:/; no quotes, no backslashes). Make a fixed word part of it.`,
    );
  }
  const weak = scanned
    ? literals.find((literal) => literal.length < SHORTEST_SCANNED || isOrdinary(literal))
    : undefined;
  if (weak !== undefined) {
    throw new ClassifierError(
      file,
      `signatures.${id}: logs are searched for ${JSON.stringify(weak)}, which is ${weak.length < SHORTEST_SCANNED ? `shorter than ${SHORTEST_SCANNED} characters` : "in every log"}. Make a longer or rarer fixed word part of the pattern (of each of its alternatives), or take log and exception out of \`in\`.`,
    );
  }
  return literals;
}

/** The search over logs takes shorter ones at half its speed only (docs/scanner.md). */
const SHORTEST_SCANNED = 7;
