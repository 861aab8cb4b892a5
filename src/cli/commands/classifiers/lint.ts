import { classifierTools } from "../../../classifier-tools.ts";
import { terminalLine } from "../../../records/terminal-text.ts";
import type { Call } from "../../call.ts";
import { EXIT } from "../../errors.ts";
import { wantedOf } from "./wanted.ts";

/** `misfire classifiers lint [DIR]`: form, literals, slow patterns, overlaps, facts that nothing uses. */
export async function run(call: Call): Promise<number> {
  const { wanted, all } = await wantedOf(call);
  const problems = classifierTools(all).lint(wanted);
  const errors = problems.filter(({ level }) => level === "error").length;
  for (const { classifier, level, problem } of problems)
    call.io.out(`${classifier}: ${level}: ${terminalLine(problem)}\n`);
  call.io.out(`${wanted.length} classifiers, ${errors} errors, ${problems.length - errors} warnings\n`);
  return errors > 0 ? EXIT.failure : EXIT.ok;
}
