import { guarded } from "./guard.ts";
import type { ModelCall } from "./model-call.ts";

/**
 * Frameworks record the model calls that they make through a client, and the client is traced as well. `whoRecords` asks
 * them: a call of ours, to which the client only tells its attempts; true where a framework's own telemetry has it.
 */
export function whoRecords(): ModelCall | true | null {
  for (const says of others) {
    const said = guarded(says);
    if (said !== undefined && said !== null && said !== false) return said;
  }
  return null;
}

export function recordedElsewhere(says: () => ModelCall | boolean | null | undefined): void {
  others.push(says);
}

const others: (() => ModelCall | boolean | null | undefined)[] = [];
