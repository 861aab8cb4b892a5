/**
 * Compiles classifiers/**.yaml into build/pack.json, which the command reads at start: no YAML or zod on the scan path.
 * Writes classifiers/schema.json too, for editors.
 */
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { compact } from "../src/signatures/compact.ts";
import { compileClassifier } from "../src/signatures/compile.ts";
import { classifierSchema } from "../src/signatures/schema.ts";

const root = new URL("..", import.meta.url);
const files = globSync("classifiers/*/*.yaml", { cwd: root.pathname }).sort();
const classifiers = files.map((file) => compileClassifier(parse(readFileSync(new URL(file, root), "utf8")), file));
const names = new Set(classifiers.map((c) => c.id));
if (names.size < classifiers.length) throw new Error("two classifiers have one id");
mkdirSync(new URL("build/", root), { recursive: true });
writeFileSync(new URL("build/pack.json", root), JSON.stringify({ classifiers: classifiers.map(compact) }));
// read by the commands that show or test them, not by a scan
writeFileSync(
  new URL("build/examples.json", root),
  JSON.stringify(Object.fromEntries(classifiers.map((c) => [c.id, c.examples]))),
);
const schema = z.toJSONSchema(classifierSchema, { io: "input" });
writeFileSync(new URL("classifiers/schema.json", root), `${JSON.stringify(schema, null, 2)}\n`);
process.stdout.write(
  `${classifiers.length} classifiers, ${classifiers.reduce((n, c) => n + c.signatures.length, 0)} signatures\n`,
);
