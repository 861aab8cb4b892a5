/** Prints how misfire does on captures: npm run score -- [DIR...] [--artefact F]... [--classes REGEX] [--only WORD] [--joined] [--show N] */
import { parseArgs } from "node:util";
import { ARTEFACTS, scoreCaptures, type Scores } from "../test/score.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    artefact: { type: "string", multiple: true },
    classes: { type: "string" },
    only: { type: "string" },
    joined: { type: "boolean", default: false },
    show: { type: "string", default: "0" },
  },
});
const { scores, misses } = scoreCaptures(positionals.length > 0 ? positionals : ["test/captures"], {
  artefacts: values.artefact ?? Object.keys(ARTEFACTS),
  classes: values.classes === undefined ? null : new RegExp(values.classes),
  only: values.only ?? null,
  joined: values.joined,
});
const ratio = (a: number, b: number) => (b === 0 ? "-" : `${a}/${b} ${(a / b).toFixed(3)}`);
const head = [
  "artefact",
  "visible",
  "top1",
  "found",
  "recall",
  "precision",
  "tool",
  "argument",
  "call",
  "healthy alarmed",
  "blind wrong",
];
const rows = [...scores].map(([name, s]: [string, Scores]) => [
  name,
  String(s.visible),
  ratio(s.top1, s.visible),
  ratio(s.found, s.visible),
  ratio(s.matched, s.failures),
  ratio(s.fair, s.incidents),
  ratio(...s.tool),
  ratio(...s.argument),
  ratio(...s.call),
  `${s.alarmed}/${s.healthy}`,
  `${s.blindWrong}/${s.blind}`,
]);
const widths = head.map((_, i) => Math.max(...[head, ...rows].map((r) => r[i]!.length)));
for (const row of [head, ...rows])
  console.log(row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  "));
for (const m of misses.slice(0, Number(values.show)))
  console.log(`WRONG ${m.capture} ${m.artefact}: truth ${m.truth}, got ${m.got} | ${m.excerpt}`);
