import type { Fact } from "../records/fact.ts";
import type { Message } from "../records/records.ts";

/** About how many bytes a fact keeps in memory; of a history only the messages from `fresh` on, the others are shared. */
export function weightOf(fact: Fact, fresh: number): number {
  if (fact.kind === "asked") return FACT + sum(fact.messages, ofMessage, fresh);
  if (fact.kind === "offered") return FACT + fact.tools.length * FACT;
  if (fact.kind === "returned") return FACT + fact.result.content.length;
  if (fact.kind === "requested") return FACT + (fact.call.argumentsRaw?.length ?? 0);
  if (fact.kind === "answered") return FACT + (fact.text?.length ?? 0);
  if (fact.kind === "executed") return FACT + (fact.argumentsRaw?.length ?? 0) + (fact.error?.stack?.length ?? 0);
  return FACT;
}

function ofMessage({ text, calls, results }: Message): number {
  return (
    MESSAGE +
    (text?.length ?? 0) +
    sum(calls, ({ argumentsRaw }) => MESSAGE + (argumentsRaw?.length ?? 0)) +
    sum(results, ({ content }) => MESSAGE + content.length)
  );
}

function sum<T>(items: readonly T[], weigh: (item: T) => number, from = 0): number {
  let total = 0;
  for (let n = from; n < items.length; n++) total += weigh(items[n]!);
  return total;
}

/** With its evidence and scope. */
const FACT = 600;
const MESSAGE = 150;
