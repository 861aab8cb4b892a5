import type { AnalyzerOptions } from "../../index.ts";
import { loadClassifiers } from "../../user-packs.ts";
import type { Engine, EngineOptions, Post } from "./messages.ts";
import { readFiles } from "./read-files.ts";
import { watch } from "./watch.ts";

/** The analysis behind the screen. It runs on a thread of its own, so that keys never wait for it. */
export async function startEngine(options: EngineOptions, post: Post): Promise<Engine> {
  const analyzer = await analyzerOptions(options);
  return options.kind === "live" ? watch(options.idleMs, analyzer, post) : readFiles(options.paths, analyzer, post);
}

async function analyzerOptions({ classifiers, maxEvidence, window, format }: EngineOptions): Promise<AnalyzerOptions> {
  return {
    classifiers: await loadClassifiers(classifiers),
    maxEvidence,
    ...(format !== null && { format }),
    ...(window !== null && {
      keep: ({ time }) =>
        time === null ||
        ((window.since === null || time >= window.since) && (window.until === null || time <= window.until)),
    }),
  };
}
