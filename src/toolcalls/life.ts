import { STAGES } from "../records/life.ts";
import type { Life, Stage } from "../records/life.ts";

export function unknownLife(): Life {
  return { ...UNKNOWN };
}

const UNKNOWN = Object.fromEntries(STAGES.map((stage) => [stage, "unknown"])) as Life;

/**
 * What follows from what is known: a stage that went well proves those before it; after a failure nothing is reached
 * but `returned` and `consumed`, since frameworks give the failure back to the model as a result.
 */
export function settled(known: Life): Life {
  const life = { ...known };
  const failed = STAGES.findIndex((stage) => life[stage] === "failed");
  const before =
    failed === -1
      ? STAGES.findLastIndex((stage) => life[stage] === "ok" && stage !== "consumed" && stage !== "returned")
      : failed;
  for (const [at, stage] of STAGES.entries()) {
    if (at < before && at > 0 && life[stage] === "unknown") life[stage] = "ok";
    if (failed !== -1 && at > failed && stage !== "returned" && stage !== "consumed") life[stage] = "not-reached";
  }
  return life;
}

/** The life of a call of which a finding says where it broke. */
export function failedAt(life: Life, stage: Stage): Life {
  const at = STAGES.indexOf(stage);
  const known = { ...life };
  for (const [n, name] of STAGES.entries())
    if (n < at && known[name] !== "ok") known[name] = n === 0 ? known[name] : "ok";
  if (known.offered === "failed" && at > 0) known.offered = "unknown";
  known[stage] = "failed";
  return settled(known);
}
