/** Prints how misfire does on labelled texts: node scripts/score-texts.ts [FILE...] [--show N] */
import { parseArgs } from "node:util";
import { readTexts, scoreTexts } from "../test/score-texts.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { show: { type: "string", default: "0" } },
});
const files = positionals.length > 0 ? positionals : ["test/corpus/texts.jsonl", "test/corpus/negatives.jsonl"];
const s = scoreTexts(files.flatMap(readTexts));
const ratio = (a: number, b: number) => (b === 0 ? "-" : `${a}/${b} ${(a / b).toFixed(3)}`);
const show = Number(values.show);
for (const w of s.wrong.slice(0, show))
  console.log(`${w.id} expected ${w.expect}, got ${w.got}: ${w.text.slice(0, 400).replaceAll("\n", "⏎")}`);
for (const l of s.lacking.slice(0, show))
  console.log(`${l.id} lacks ${l.fact} ${JSON.stringify(l.expected)}: has ${JSON.stringify(l.got)}`);
console.log(
  `class ${ratio(s.right, s.texts)} · facts ${ratio(s.factsRight, s.facts)} · unclassified ${ratio(...s.unclassified)} · false alarms ${s.alarms[0]}/${s.alarms[1]}`,
);
