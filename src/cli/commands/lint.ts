import { createAnalyzer } from "../../index.ts";
import {
  createLint,
  offerIn,
  offerInFact,
  PROVIDERS,
  type LintReport,
  type Place,
  type Offer,
} from "../../lint-tools.ts";
import { redactStrings } from "../../records/redact-report.ts";
import { SEVERITIES } from "../../records/life.ts";
import { lintText } from "../../reporters/lint.ts";
import { readInputs } from "../../sources/inputs.ts";
import type { Call } from "../call.ts";
import { wantsColor } from "../color.ts";
import { EXIT } from "../errors.ts";
import { missingHint } from "../missing-hint.ts";
import { printJson } from "../read-case.ts";

/** `misfire lint FILE|TRACE...`: what providers do not take of tool definitions, in files of them and in telemetry. */
export async function run(call: Call): Promise<number> {
  const { words, values, io } = call;
  const lint = createLint();
  const { provider } = values;
  let unreadable = false;
  await readInputs(
    words.length > 0 ? words : ["-"],
    {
      open: (name) => source(name, (offer, place) => lint.add(forProvider(offer, provider), place)),
      problem({ kind, name, reason }) {
        unreadable ||= kind === "unreadable";
        io.err(`misfire: ${name === "-" ? "stdin" : name}: ${reason}${missingHint(name, words)}\n`);
      },
      skipped: () => {},
      progress: () => {},
    },
    io.signal,
  );
  const report = redactStrings(lint.report(), 0);
  if (values.format === "text")
    io.out(lintText(report, { width: io.columns, color: wantsColor(values.color, io), quiet: values.quiet }));
  else printJson(report, call);
  if (io.signal.aborted) return EXIT.interrupted;
  return unreadable ? EXIT.unreadable : exitCode(report, values["fail-on"]);
}

type Add = (offer: Offer, place: Place) => void;

function forProvider(offer: Offer, asked: Call["values"]["provider"]): Offer {
  if (asked === "auto") return offer;
  return asked === "all" ? { ...offer, providers: PROVIDERS } : { ...offer, providers: [asked], asSent: true };
}

/** A small input is kept whole until it is clear whether it is a file of definitions; a large one is telemetry. */
function source(name: string, add: Add): { push(bytes: Uint8Array): void; end(): void } {
  let kept: Uint8Array[] | null = [];
  let size = 0;
  let telemetry: ReturnType<typeof traced> | null = null;
  const flow = (): ReturnType<typeof traced> => {
    telemetry ??= traced(name, add);
    for (const block of kept ?? []) telemetry.push(block);
    kept = null;
    return telemetry;
  };
  return {
    push(bytes) {
      size += bytes.length;
      if (kept === null || size > MOST) flow().push(bytes);
      else kept.push(bytes.slice());
    },
    end() {
      const offer = kept === null ? null : offerIn(parsed(Buffer.concat(kept).toString()));
      if (offer === null) flow().end();
      else add(offer, { source: name, line: null, traceId: null, spanId: null });
    },
  };
}

const MOST = 16 * 1024 * 1024;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return null;
  }
}

function traced(name: string, add: Add): { push(bytes: Uint8Array): void; end(): void } {
  const providers = new Map<string, string>();
  return createAnalyzer({
    spans({ spanId, attributes }) {
      const said = SAID_BY.map((key) => attributes[key]).find((value) => typeof value === "string");
      if (said !== undefined && providers.size < MOST_SPANS) providers.set(spanId, said as string);
    },
    facts(fact) {
      const found = offerInFact(fact, providers.get(fact.evidence.spanId ?? "") ?? null);
      if (found !== null) add(found.offer, found.place);
    },
  }).source(name);
}

const MOST_SPANS = 100_000;
const SAID_BY = ["gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system", "ai.model.provider"];

function exitCode({ problems }: LintReport, failOn: Call["values"]["fail-on"]): number {
  if (failOn === "never") return EXIT.ok;
  const limit = SEVERITIES.indexOf(failOn);
  return problems.some(({ severity }) => SEVERITIES.indexOf(severity) <= limit) ? EXIT.failure : EXIT.ok;
}
