import { attributesOf, compareBy, compareInputs, createTraits, judge, type Comparison } from "../../compare-tools.ts";
import { redactStrings } from "../../records/redact-report.ts";
import { SEVERITIES } from "../../records/life.ts";
import { compareText } from "../../reporters/compare.ts";
import { wantsColor } from "../color.ts";
import type { Call } from "../call.ts";
import { EXIT, UsageError } from "../errors.ts";
import { printJson, readCase } from "../read-case.ts";
import { didYouMean } from "../suggest.ts";

/** `misfire compare A B`, `misfire compare --by ATTRIBUTE FILE...` */
export async function run(call: Call): Promise<number> {
  const { words, values, io } = call;
  const { comparisons, code } =
    values.by === null ? await twoInputs(words, call) : await oneInput(values.by, words, call);
  const shown = redactStrings(comparisons, 0);
  const view = { width: io.columns, color: wantsColor(values.color, io), verbose: values.verbose };
  if (values.format === "text") io.out(compareText(shown, view));
  else printJson(values.by === null ? shown[0] : shown, call);
  return code === EXIT.ok && comparisons.some((one) => isWorse(one, call)) ? EXIT.failure : code;
}

interface Compared {
  comparisons: Comparison[];
  code: number;
}

async function twoInputs([before, after, ...more]: readonly string[], call: Call): Promise<Compared> {
  if (before === undefined || after === undefined || more.length > 0)
    throw new UsageError(
      "compare takes two inputs, before and after, or --by ATTRIBUTE and one (misfire help compare)",
    );
  if (before === "-" && after === "-") throw new UsageError("only one of the two inputs can be stdin");
  const ignore = (): void => {};
  const one = await readCase([before], call, ignore);
  const two = await readCase([after], call, ignore);
  const comparison = compareInputs(
    { name: before, judged: judge(one.analyzer).judged },
    { name: after, judged: judge(two.analyzer).judged },
  );
  return { comparisons: [comparison], code: Math.max(one.code, two.code) };
}

async function oneInput(attribute: string, words: readonly string[], call: Call): Promise<Compared> {
  const traits = createTraits();
  const { analyzer, code } = await readCase(words.length > 0 ? words : ["-"], call, traits.add);
  const { judged } = judge(analyzer);
  const comparisons = compareBy(attribute, judged, traits);
  if (comparisons.length > 0 || code !== EXIT.ok) return { comparisons, code };
  const known = attributesOf(judged.runs, traits);
  const hint = known.length === 0 ? "no attribute has" : `these have: ${known.slice(0, MOST).join(", ")}`;
  throw new UsageError(
    `--by: the runs have not two to twelve values of ${attribute}${didYouMean(attribute, known)}; ${hint}`,
  );
}

const MOST = 20;

/** Something new or more frequent that is as severe as `--fail-on` says. Of values of an attribute none is the worse one. */
function isWorse({ by, causes }: Comparison, { values }: Call): boolean {
  const failOn = values["fail-on"];
  if (failOn === "never" || by !== null) return false;
  return causes.some(
    ({ change, severity }) =>
      (change === "new" || change === "more") && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn),
  );
}
