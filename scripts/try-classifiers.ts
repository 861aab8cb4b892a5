/** Runs the examples of classifiers/** straight from YAML, and optionally a JSONL of labelled texts: node scripts/try-classifiers.ts [LAYER...] [--texts FILE] */
import { globSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { compileClassifier } from "../src/signatures/compile.ts";
import { exampleText, testExamples } from "../src/signatures/examples.ts";
import { literalSet } from "../src/signatures/literal-set.ts";
import { createMatcher } from "../src/signatures/matcher.ts";
import { resolve } from "../src/signatures/resolve.ts";
import { createWuManber } from "../src/ingest/text/wu-manber.ts";

const args = process.argv.slice(2);
const textsAt = args.indexOf("--texts");
const textsFile = textsAt < 0 ? null : args.splice(textsAt, 2)[1]!;
const files = globSync("classifiers/*/*.yaml").sort();
const classifiers = files.flatMap((file) => {
  try {
    return [compileClassifier(parse(readFileSync(file, "utf8")), file)];
  } catch (error) {
    console.log(`BROKEN ${(error as Error).message}`);
    return [];
  }
});
const literals = literalSet(...classifiers.flatMap((c) => c.signatures.map((s) => s.literals)));
const matcher = createMatcher(classifiers, literals, () => createWuManber(literals.list));
const wanted = classifiers.filter((c) => args.length === 0 || args.some((a) => c.id.startsWith(a)));
const failures = testExamples(wanted, matcher);
for (const f of failures) console.log(`${f.classifier}: ${f.problem}\n    ${f.example}`);
console.log(
  `${wanted.length} classifiers, ${wanted.reduce((n, c) => n + c.signatures.length, 0)} signatures, ${literals.list.length} literals, ${failures.length} failures`,
);
if (textsFile !== null) {
  let [right, all, alarms] = [0, 0, 0];
  for (const line of readFileSync(textsFile, "utf8").split("\n").filter(Boolean)) {
    const row = JSON.parse(line) as {
      id: string;
      text: string;
      expect: string;
      accept: string[];
      facts: Record<string, unknown>;
    };
    const found = resolve(matcher.match(exampleText(row.text, "log", null)));
    const answer = found?.classifier.id ?? "none";
    const ok =
      answer === row.expect ||
      row.accept.includes(answer) ||
      (["none", "unclassified"].includes(row.expect) && (answer === "none" || found!.signature.needsAgent));
    all++;
    if (ok) right++;
    if (row.expect === "none" && !ok) alarms++;
    const layerWanted = args.length === 0 || args.some((a) => row.expect.startsWith(a) || answer.startsWith(a));
    if (!ok && layerWanted)
      console.log(
        `${row.id} expected ${row.expect} got ${answer}${found ? ` (${found.signature.id})` : ""}: ${row.text.slice(0, 300).replaceAll("\n", "⏎")}`,
      );
    if (ok && found && layerWanted)
      for (const [k, v] of Object.entries(row.facts))
        if (
          !Object.values(found.facts).some(
            (f) => String(f) === String(v) || (Array.isArray(v) && v.map(String).includes(f)),
          )
        )
          console.log(
            `${row.id} ${answer} (${found.signature.id}) lacks ${k}=${JSON.stringify(v)}: has ${JSON.stringify(found.facts)}`,
          );
  }
  console.log(`texts: ${right} of ${all} right, ${alarms} false alarms`);
}
