import { createTraits, differsOf, judge } from "../../compare-tools.ts";
import { builtInPack } from "../../pack.ts";
import { redactStrings } from "../../records/redact-report.ts";
import { differsText } from "../../reporters/differs.ts";
import { checkSelection } from "../classifier-ids.ts";
import { wantsColor } from "../color.ts";
import type { Call } from "../call.ts";
import { printJson, readCase } from "../read-case.ts";

/** `misfire differs FILE...` */
export async function run(call: Call): Promise<number> {
  const { words, values, io } = call;
  checkSelection("only", values.only, builtInPack().classifiers);
  const traits = createTraits();
  const { analyzer, code } = await readCase(words.length > 0 ? words : ["-"], call, traits.add);
  const { report, judged } = judge(analyzer);
  const chosen = report.incidents.filter(({ classifier, layer }) =>
    values.only.some((one) => one === classifier || one === layer),
  );
  const wanted = values.only.length === 0 ? null : new Set(chosen.map(({ id }) => id));
  const differs = redactStrings(differsOf(judged, traits, wanted), 0);
  if (values.format === "text")
    io.out(differsText(differs, { width: io.columns, color: wantsColor(values.color, io) }));
  else printJson(differs, call);
  return code;
}
