import { readFileSync } from "node:fs";
import { packageRoot } from "./installed.ts";
import type { Classifier, Pack } from "./records/classifier.ts";
import { hydrate, type CompactClassifier } from "./signatures/compact.ts";

export const version: string = (readJson("package.json") as { version: string }).version;

let pack: Pack | null = null;
let examples: Record<string, Classifier["examples"]> | null = null;

/** The built-in classifiers as `npm run build` compiled them. Their examples are read when somebody asks for them. */
export function builtInPack(): Pack {
  return (pack ??= {
    classifiers: (readJson("build/pack.json") as { classifiers: CompactClassifier[] }).classifiers.map((c) =>
      withExamples(hydrate(c)),
    ),
  });
}

function withExamples(classifier: Omit<Classifier, "examples">): Classifier {
  return Object.defineProperty(classifier as Classifier, "examples", {
    enumerable: true,
    get: () => (examples ??= readJson("build/examples.json") as Record<string, Classifier["examples"]>)[classifier.id],
  });
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, packageRoot), "utf8"));
}
