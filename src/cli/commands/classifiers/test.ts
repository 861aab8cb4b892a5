import { classifierTools } from "../../../classifier-tools.ts";
import { terminalLine } from "../../../records/terminal-text.ts";
import type { Call } from "../../call.ts";
import { EXIT } from "../../errors.ts";
import { wantedOf } from "./wanted.ts";

/** `misfire classifiers test [DIR]`: runs the examples, and prints those that fail with what differs. */
export async function run(call: Call): Promise<number> {
  const { wanted, all } = await wantedOf(call);
  const failures = classifierTools(all).test(wanted);
  const examples = wanted.reduce((sum, { examples: { match, clean } }) => sum + match.length + clean.length, 0);
  for (const { classifier, example, problem } of failures)
    call.io.out(`${classifier}: ${terminalLine(problem)}\n    ${terminalLine(example)}\n`);
  call.io.out(`${wanted.length} classifiers, ${examples} examples, ${failures.length} failed\n`);
  return failures.length > 0 ? EXIT.failure : EXIT.ok;
}
