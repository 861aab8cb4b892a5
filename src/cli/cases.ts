import { formatNames } from "../format-names.ts";
import { createAnalyzer, MOST_KEPT, type Analyzer, type Finding, type Report } from "../index.ts";
import { builtInPack } from "../pack.ts";
import { REPORTERS } from "../reporters/index.ts";
import { loadClassifiers } from "../user-packs.ts";
import { checkSelection } from "./classifier-ids.ts";
import { wantsColor } from "./color.ts";
import type { Call } from "./call.ts";
import { contextOf } from "./context-lines.ts";
import { EXIT, UsageError } from "./errors.ts";
import { exitCodeOf } from "./exit-code.ts";
import { select } from "./select.ts";
import { didYouMean } from "./suggest.ts";
import { timeOf } from "./time.ts";

export interface Cases {
  open(name: string): { push(bytes: Uint8Array): void; end(): void };
  /** An archive that could not be read to its end: counted as dropped. */
  damaged(name: string, reason: string): void;
  /** Prints what is left to print and gives the exit code. With `broken`, an input could not be read at all. */
  finish(broken: boolean): Promise<number>;
}

/** All inputs as one case with one report, or with `--separate` each as its own. */
export async function openCases(call: Call): Promise<Cases> {
  const { values } = call;
  const classifiers = await loadClassifiers(values.classifiers);
  const known = [...builtInPack().classifiers, ...classifiers];
  checkSelection("only", values.only, known);
  checkSelection("ignore", values.ignore, known);
  checkFormat(values["format-in"]);
  const keep = inWindow(call);
  const begin = (): Analyzer =>
    createAnalyzer({
      classifiers,
      mostKept: MOST_KEPT,
      maxEvidence: values["max-evidence"],
      ...(keep && { keep }),
      ...(values["format-in"] !== null && { format: values["format-in"] }),
    });
  const damage: Record<string, number> = {};
  const print = (analyzer: Analyzer, started: number): Promise<number> =>
    show(withDamage(analyzer.report(), damage), call, (performance.now() - started) / 1000);
  return values.separate ? separately(begin, print, damage) : together(begin, print, damage, values.format === "text");
}

function checkFormat(name: string | null): void {
  if (name === null || formatNames.includes(name)) return;
  throw new UsageError(
    `--format-in: there is no format ${name}${didYouMean(name, formatNames)}; known are ${formatNames.join(", ")}`,
  );
}

type Print = (analyzer: Analyzer, started: number) => Promise<number>;

/** For programs there is always a report, also of nothing. */
function together(begin: () => Analyzer, print: Print, damage: Record<string, number>, forPeople: boolean): Cases {
  const started = performance.now();
  const analyzer = begin();
  let opened = 0;
  return {
    open(name) {
      opened++;
      return analyzer.source(name);
    },
    damaged: (_name, reason) => count(damage, reason),
    finish: async (broken) => (opened === 0 && broken && forPeople ? EXIT.unreadable : print(analyzer, started)),
  };
}

function separately(begin: () => Analyzer, print: Print, damage: Record<string, number>): Cases {
  let worst: Promise<number> = Promise.resolve(EXIT.ok);
  return {
    open(name) {
      const started = performance.now();
      const analyzer = begin();
      const source = analyzer.source(name);
      return {
        push: (bytes) => source.push(bytes),
        end() {
          source.end();
          const code = print(analyzer, started);
          worst = worst.then(async (before) => Math.max(before, await code));
          for (const reason of Object.keys(damage)) delete damage[reason];
        },
      };
    },
    damaged: (_name, reason) => count(damage, reason),
    finish: () => worst,
  };
}

async function show(full: Report, { values, io }: Call, seconds: number): Promise<number> {
  const report = select(full, values.only, values.ignore);
  const view = {
    width: io.columns,
    color: wantsColor(values.color, io),
    unclassified: values.unclassified,
    verbose: values.verbose,
    quiet: values.quiet,
    seconds,
    context: await contextOf(report, values.context),
  };
  io.out(REPORTERS[values.format](report, view));
  return exitCodeOf(report, values["fail-on"]);
}

/** `--since` and `--until` in nanoseconds since 1970; null without them. */
export function windowOf({ values }: Call): { since: bigint | null; until: bigint | null } | null {
  const since = values.since === null ? null : timeOf(values.since, "since");
  const until = values.until === null ? null : timeOf(values.until, "until");
  return since === null && until === null ? null : { since, until };
}

/** The findings in that window. */
export function inWindow(call: Call): ((finding: Finding) => boolean) | null {
  const window = windowOf(call);
  if (window === null) return null;
  const { since, until } = window;
  return ({ time }) => time === null || ((since === null || time >= since) && (until === null || time <= until));
}

function count(damage: Record<string, number>, reason: string): void {
  damage[reason] = (damage[reason] ?? 0) + 1;
}

function withDamage(report: Report, damage: Record<string, number>): Report {
  return { ...report, coverage: { ...report.coverage, dropped: { ...report.coverage.dropped, ...damage } } };
}
