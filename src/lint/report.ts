import { problemsOf, type Offer, type Problem } from "./problems.ts";
import type { Provider } from "./provider.ts";

/** Where definitions were found. */
export interface Place {
  source: string;
  line: number | null;
  traceId: string | null;
  spanId: string | null;
}

/** What `misfire lint` says, schema `misfire.lint/1`. */
export interface LintReport {
  schema: "misfire.lint/1";
  verdict: "problems" | "clean" | "no-tools";
  /** Definitions that were looked at, each once. */
  tools: number;
  /** By whose rules; several where it is not known who takes the definitions. */
  providers: Provider[];
  problems: (Problem & {
    /** Where it was seen first, and at how many places in all. */
    place: Place;
    places: number;
  })[];
}

/** Gathers offers from files and traces; the same definition for the same provider is judged and counted once. */
export function createLint(): { add(offer: Offer, place: Place): void; report(): LintReport } {
  const judged = new Set<string>();
  const tools = new Set<string>();
  const providers = new Set<Provider>();
  const problems = new Map<string, LintReport["problems"][number]>();

  function add(offer: Offer, place: Place): void {
    for (const provider of offer.providers) providers.add(provider);
    for (const tool of offer.tools) tools.add(keyOf(tool));
    const key = keyOf([offer.providers, offer.tools, offer.listed?.length ?? null, optionsOf(offer)]);
    if (judged.has(key)) return;
    if (judged.size < MOST) judged.add(key);
    for (const problem of problemsOf(offer)) {
      const id = keyOf([problem.rule, problem.tool, problem.path, problem.message, problem.providers]);
      const known = problems.get(id);
      if (known !== undefined) known.places++;
      else if (problems.size < MOST) problems.set(id, { ...problem, place, places: 1 });
    }
  }

  function report(): LintReport {
    const found = [...problems.values()].toSorted(
      (a, b) => Number(b.severity === "error") - Number(a.severity === "error"),
    );
    return {
      schema: "misfire.lint/1",
      verdict: found.length > 0 ? "problems" : tools.size > 0 ? "clean" : "no-tools",
      tools: tools.size,
      providers: [...providers],
      problems: found,
    };
  }
  return { add, report };
}

const MOST = 10_000;

function optionsOf({ body }: Offer): unknown {
  return body === null ? null : [body["tool_choice"], body["parallel_tool_calls"]];
}

/** Deep or cyclic input cannot be written: then it is one of its own kind. */
function keyOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "unwritable";
  }
}
