import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Classifier } from "./records/classifier.ts";

/** A folder or file of classifiers that cannot be read. */
export class PackError extends Error {
  override readonly name = "PackError";
}

/** Where a project keeps its own classifiers; read without being asked. */
const PROJECT_PACK = ".misfire/classifiers";

/**
 * Reads and compiles classifiers from folders (recursively) and files. YAML and zod are loaded only here.
 * Throws PackError or ClassifierError, whose message names the file and the problem.
 */
export async function loadClassifiers(places: readonly string[]): Promise<Classifier[]> {
  const files = [...(existsSync(PROJECT_PACK) ? [PROJECT_PACK] : []), ...places].flatMap(filesOf);
  if (files.length === 0) return [];
  const [{ parseDocument }, { compileClassifier, ClassifierError }] = await Promise.all([
    import("yaml"),
    import("./signatures/compile.ts"),
  ]);
  return files.map((file) => {
    const document = parseDocument(readFileSync(file, "utf8"));
    const [problem] = document.errors;
    if (problem !== undefined) throw new ClassifierError(file, problem.message.split("\n")[0]!);
    return compileClassifier(document.toJS({ maxAliasCount: 20 }), file);
  });
}

function filesOf(place: string): string[] {
  if (!existsSync(place))
    throw new PackError(`${place}: no such file or folder; --classifiers takes a folder of YAML files`);
  if (statSync(place).isFile()) return [place];
  const files = globSync("**/*.{yaml,yml}", { cwd: place })
    .sort()
    .map((f) => join(place, f));
  if (files.length === 0 && place !== PROJECT_PACK) throw new PackError(`${place}: has no .yaml files`);
  return files;
}
