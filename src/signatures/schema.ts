import { z } from "zod";
import { FACT_NAMES } from "../records/finding.ts";
import { LAYERS, SEVERITIES, STAGES } from "../records/life.ts";
import { PLACES } from "../records/text.ts";

/** The YAML form of a classifier (docs/classifiers/form.md). Only the build and user packs read it: no zod on the scan path. */
const facts = z.partialRecord(z.enum(FACT_NAMES), z.union([z.string(), z.number()]).transform(String));
const place = z.enum(PLACES);
const pattern = z.string().min(1);
const flags = z.string().regex(/^[ims]*$/, "only the flags i, m and s are taken");

const sequence = z.strictObject({
  steps: z.array(z.strictObject({ pattern, flags: flags.default(""), absent: z.boolean().default(false) })).min(2),
  within: z
    .strictObject({
      seconds: z.number().positive().nullable().default(null),
      records: z.number().int().positive().nullable().default(null),
    })
    .prefault({}),
  on: z.array(z.enum(FACT_NAMES)).default([]),
});

const signature = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  pattern: pattern.nullable().default(null),
  flags: flags.default(""),
  in: z.array(place).min(1).default(["log", "exception", "tool-result", "model-error", "status"]),
  facts: facts.default({}),
  severity: z.enum(SEVERITIES).nullable().default(null),
  stage: z.enum(STAGES).nullable().default(null),
  confidence: z.enum(["certain", "likely", "possible"]).default("certain"),
  weight: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(1),
  needsAgent: z.boolean().default(false),
  lastResort: z.boolean().default(false),
  result: z.enum(["start", "anywhere", "flagged"]).default("start"),
  frameworks: z.array(z.string()).default([]),
  sequence: sequence.nullable().default(null),
});

const cleanExample = z.union([
  z.string().transform((text) => ({ text, file: null, in: "log" as const, flagged: null })),
  z
    .strictObject({
      text: z.string().nullable().default(null),
      file: z.string().nullable().default(null),
      in: place.default("log"),
      flagged: z.boolean().nullable().default(null),
    })
    .refine((e) => (e.text === null) !== (e.file === null), "an example has a text or a file"),
]);
const matchExample = z
  .strictObject({
    text: z.string().nullable().default(null),
    file: z.string().nullable().default(null),
    in: place.default("log"),
    flagged: z.boolean().nullable().default(null),
    facts: facts.default({}),
  })
  .refine((e) => (e.text === null) !== (e.file === null), "an example has a text or a file");

export const classifierSchema = z.strictObject({
  id: z.string().regex(new RegExp(`^(?:${LAYERS.join("|")})/[a-z0-9-]+$`), "the id is layer/class"),
  title: z.string().min(5),
  severity: z.enum(SEVERITIES),
  stage: z.enum(STAGES).nullable().default(null),
  cause: z.string().min(10),
  impact: z.string().nullable().default(null),
  fix: z.strictObject({
    summary: z.string().min(5),
    steps: z.array(z.string()).min(1),
    code: z.record(z.string(), z.strictObject({ before: z.string(), after: z.string() })).default({}),
  }),
  signatures: z.array(signature).default([]),
  detectors: z.array(z.string()).default([]),
  examples: z.strictObject({ match: z.array(matchExample).default([]), clean: z.array(cleanExample).min(2) }),
  references: z.array(z.string()).default([]),
  related: z.array(z.string()).default([]),
  tags: z.array(z.string()).default([]),
  versions: z
    .array(
      z.strictObject({
        package: z.string(),
        range: z.string(),
        note: z.string(),
        fixedIn: z.string().nullable().default(null),
      }),
    )
    .default([]),
  extends: z.string().nullable().default(null),
  silence: z.boolean().default(false),
});

export type ClassifierSource = z.infer<typeof classifierSchema>;
