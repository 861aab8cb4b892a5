/**
 * Writes the pages of docs/ that follow from tables and data: docs/cli.md from the flags, docs/classifiers/ from the
 * classifier files, docs/picture.svg from the report on a sample. With `--check` it writes nothing and exits with 1 when a page is stale.
 */
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { compileClassifier } from "../src/signatures/compile.ts";
import { cliPage } from "./docs/cli-page.ts";
import { indexPage, layerPages } from "./docs/layer-pages.ts";
import { lintPage } from "./docs/lint-page.ts";
import { picture } from "./picture.ts";

const root = new URL("..", import.meta.url);
const files = globSync("classifiers/*/*.yaml", { cwd: root.pathname }).toSorted();
const classifiers = files.map((file) => compileClassifier(parse(readFileSync(new URL(file, root), "utf8")), file));
const pages: Record<string, string> = {
  "docs/cli.md": cliPage(),
  "docs/classifiers/README.md": indexPage(classifiers),
  "docs/lint-rules.md": lintPage(),
  "docs/picture.svg": picture(root, classifiers),
  ...layerPages(classifiers),
};

const stale = Object.entries(pages).filter(([path, page]) => {
  const place = new URL(path, root);
  return !existsSync(place) || readFileSync(place, "utf8") !== page;
});
if (process.argv.includes("--check")) {
  for (const [path] of stale) console.log(`${path} is stale: run npm run docs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  mkdirSync(new URL("docs/classifiers/", root), { recursive: true });
  for (const [path, page] of stale) writeFileSync(new URL(path, root), page);
  console.log(`${Object.keys(pages).length} pages, ${stale.length} written`);
}
