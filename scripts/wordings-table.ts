/** Prints, from docs/wordings/*.md, how many wordings were found in each library's source and how many classify, by layer. npm run wordings */
import { globSync, readFileSync } from "node:fs";
import { LAYERS } from "../src/records/life.ts";

const table = new Map<string, Map<string, [found: number, classified: number]>>();
for (const file of globSync("docs/wordings/*.md").sort()) {
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const cells = line.split("|").map((c) => c.trim());
    const [, library, , layer, found, classified] = cells;
    if (library === undefined || layer === undefined || !/^\d+$/.test(found ?? "") || !/^\d+$/.test(classified ?? ""))
      continue;
    for (const one of layer
      .split(/[,/+ ]+/)
      .filter((l) => (LAYERS as readonly string[]).includes(l))
      .slice(0, 1)) {
      const row = table.get(library.replace(/`/g, "")) ?? new Map<string, [number, number]>();
      table.set(library.replace(/`/g, ""), row);
      const known = row.get(one) ?? [0, 0];
      row.set(one, [known[0] + Number(found), known[1] + Number(classified)]);
    }
  }
}
const head = ["library (classified/found)", ...LAYERS];
const rows = [...table]
  .sort(([a], [b]) => a.localeCompare(b))
  .map(([library, row]) => [library, ...LAYERS.map((l) => (row.has(l) ? `${row.get(l)![1]}/${row.get(l)![0]}` : ""))]);
const sums = LAYERS.map((l) =>
  [...table.values()].reduce((n, r) => [n[0]! + (r.get(l)?.[1] ?? 0), n[1]! + (r.get(l)?.[0] ?? 0)], [0, 0]).join("/"),
);
const all = [head, ...rows, ["all", ...sums]];
const widths = head.map((_, i) => Math.max(...all.map((r) => r[i]!.length)));
for (const row of all)
  console.log(
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join("  ")
      .trimEnd(),
  );
