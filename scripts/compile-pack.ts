/** Compiles classifiers/**.yaml into build/pack.json, which the command reads at start: no YAML or zod on the scan path. */
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { compileClassifier } from "../src/signatures/compile.ts";

const root = new URL("..", import.meta.url);
const files = globSync("classifiers/*/*.yaml", { cwd: root.pathname }).sort();
const classifiers = files.map((file) => compileClassifier(parse(readFileSync(new URL(file, root), "utf8")), file));
const names = new Set(classifiers.map((c) => c.id));
if (names.size < classifiers.length) throw new Error("two classifiers have one id");
mkdirSync(new URL("build/", root), { recursive: true });
writeFileSync(new URL("build/pack.json", root), JSON.stringify({ classifiers }));
process.stdout.write(`${classifiers.length} classifiers, ${classifiers.reduce((n, c) => n + c.signatures.length, 0)} signatures\n`);
