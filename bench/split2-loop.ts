/** What people write first: split2 and every regular expression on every line. */
import { createReadStream } from "node:fs";
import split2 from "split2";
import { builtInPack } from "../src/pack.ts";

const regexes = builtInPack().classifiers.flatMap((c) =>
  c.signatures.flatMap((s) => (s.pattern === null ? [] : [new RegExp(s.pattern, s.flags)])),
);
let hits = 0;
for await (const line of createReadStream(process.argv[2]!).pipe(split2())) {
  for (const regex of regexes) if (regex.test(line as string)) hits++;
}
console.log(hits);
