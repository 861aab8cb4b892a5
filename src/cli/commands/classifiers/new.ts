import { draftClassifier } from "../../../classifier-tools.ts";
import { redact } from "../../../records/redact.ts";
import type { Call } from "../../call.ts";
import { EXIT, UsageError } from "../../errors.ts";

/** `misfire classifiers new [ID] --from TEXT`: prints the draft of a classifier's file. */
export async function run({ words, values, io }: Call): Promise<number> {
  const [id = "execution/my-failure"] = words;
  if (!values.from) throw new UsageError("classifiers new needs the message: misfire classifiers new --from 'TEXT'");
  if (!/^[a-z]+\/[a-z0-9-]+$/.test(id))
    throw new UsageError(`${id} is no classifier id; write layer/name, such as execution/order-locked`);
  io.out(draftClassifier(redact(values.from), id));
  io.err(
    `misfire: save it as .misfire/classifiers/${id}.yaml, fill in the TODOs, then run misfire classifiers test and lint\n`,
  );
  return EXIT.ok;
}
