import { createByteSource, type ByteSource } from "./byte-source.ts";
import { createAgentEvidence } from "./diagnosis/agent-evidence.ts";
import { createFindingStore } from "./diagnosis/finding-store.ts";
import { failureSentence } from "./diagnosis/failure-look.ts";
import { inOrder } from "./diagnosis/in-order.ts";
import { versionsInSpan, type PackageVersions } from "./diagnosis/package-versions.ts";
import { mergeReports } from "./merge-reports.ts";
import { rankIncidents } from "./diagnosis/report.ts";
import { createUnclassified } from "./diagnosis/unclassified.ts";
import { engineOf } from "./engine.ts";
import { unfailing } from "./ingest/failed.ts";
import { formats } from "./ingest/formats.ts";
import { openText } from "./ingest/text/reader.ts";
import { openIntake } from "./intake.ts";
import { emptyCoverage, judge, partlyRun, type CaseParts } from "./judge.ts";
import { evidenceOf, pastedText, textsOf } from "./record-texts.ts";
import type { Run, ToolCall } from "./records/call.ts";
import type { Classifier } from "./records/classifier.ts";
import type { Fact } from "./records/fact.ts";
import type { Finding } from "./records/finding.ts";
import type { Sink } from "./records/format.ts";
import type { QuietSpans } from "./records/quiet-spans.ts";
import type { LogRecord, Span } from "./records/records.ts";
import type { EachIncident, Report, SourceSummary } from "./records/report.ts";
import type { Text } from "./records/text.ts";
import type { Traces } from "./records/trace.ts";
import { firstLine } from "./signatures/excerpt.ts";
import { createTextFindings } from "./text-findings.ts";
import { createLedger } from "./toolcalls/ledger.ts";
import { createTraces, type Shelved } from "./toolcalls/traces.ts";

export interface AnalyzerOptions {
  version: string;
  classifiers: readonly Classifier[];
  /** Keeps findings that pass: `--only`, `--ignore`, `--since`, `--until`. */
  keep?: (finding: Finding) => boolean;
  maxEvidence?: number;
  /** Is told of each span as it is read; for `show`, `compare` and `differs`, which keep of it what they need. */
  spans?: (span: Span) => void;
  /** Is told of each fact as it is read; for `lint`, which looks at what was offered. */
  facts?: (fact: Fact) => void;
  /**
   * About how many bytes of calls and runs are kept; beyond, those that are over are judged and let go, and `calls` and
   * `runs` give the newest alone. All are kept where it is missing.
   */
  mostKept?: number;
  /** Name of the format, for all sources; told by content where it is missing. */
  format?: string;
}

/** One case: several sources, one verdict. */
export interface Analyzer {
  /** `format`: the name of the format where it is known; else it is told by content. */
  source(name: string, format?: string): ByteSource;
  /** A source whose records come decoded, as those of a receiver do. */
  records(name: string, format: string): { sink: Sink; read(bytes: number): void };
  /** `each` is told of each incident with all of its findings that were kept: which calls and runs it was seen in. */
  report(each?: EachIncident): Report;
  calls(): ToolCall[];
  runs(): Run[];
}

export function createAnalyzer(options: AnalyzerOptions): Analyzer {
  const { classifiers, mostKept = Number.POSITIVE_INFINITY } = options;
  const { scanned, prefilter, markers, matcher } = engineOf(classifiers);
  const ledger = createLedger();
  const shelf = createTraces();
  const agents = createAgentEvidence();
  const unclassified = createUnclassified();
  const findings = createFindingStore();
  const versions: PackageVersions = new Map();
  const texts = createTextFindings(classifiers, matcher, { findings, agents, unclassified, versions });
  const sources: SourceSummary[] = [];
  const dialects = new Set<string>();
  const dropped: Record<string, number> = Object.create(null) as Record<string, number>;
  const notes: string[] = [];
  /** About the runs that were closed. */
  let past: Report | null = null;
  /** How many were closed, and how many of their traces were not whole any more. */
  const closed = { runs: 0, forgotten: 0 };
  const doubts: Finding[] = [];

  const emit = {
    note: (text: string) => void (notes.length < 200 && !notes.includes(text) && notes.push(text)),
    fact: (fact: Fact) => {
      agents.mark(fact.scope.source, fact.scope.stream, fact.evidence.line);
      options.facts?.(fact);
      ledger.add(fact);
      if (ledger.weight > mostKept) closeRuns();
    },
    text(text: Text) {
      agents.mark(text.scope.source, text.scope.stream, text.evidence.line);
      if (text.place === "tool-result") texts.lookAtResult(text);
      else if (texts.look(text) === null && text.flagged === true && !isOfCall(text)) texts.unexplained(text);
    },
  };

  function unclaimed(record: LogRecord): void {
    if (record.hits === null || [...record.hits].some((h) => markers.has(h)))
      agents.mark(record.scope.source, record.scope.stream, record.line);
    let known = false;
    const said = textsOf(record);
    for (const text of said) known = texts.look(text) !== null || known;
    if (known) return;
    const sentence = failureSentence(record);
    if (sentence === null || said.some((text) => texts.lookAgain(text) !== null)) return;
    const excerpt = firstLine(sentence.message);
    unclassified.add(excerpt, {
      ...evidenceOf(record),
      line: record.lines[sentence.lineIndex] ?? record.line,
      excerpt,
    });
  }

  /** `log` is told when the source has a log's form: a paste has neither times nor a dialect. */
  function intake(summary: SourceSummary, record: () => void, log: () => void = () => {}): Sink {
    // a paste is a case by itself: beside another source its lines are those of a log
    texts.settle(false);
    sources.push(summary);
    return openIntake(scanned, emit, {
      dialect: (d) => (dialects.add(d), log()),
      unclaimed: (r) => {
        if (r.time !== null || r.envelopes.length > 0) log();
        unclaimed(r);
      },
      mark: (stream, line) => agents.mark(summary.name, stream, line),
      record,
      span: (span) => {
        versionsInSpan(span, versions);
        shelf.add(span);
        summary.spans++;
        options.spans?.(span);
      },
      ...(options.spans === undefined && {
        quiet: (spans: QuietSpans) => {
          shelf.addQuiet(spans);
          summary.spans += spans.count;
        },
      }),
      drop: (reason, count) => (dropped[reason] = (dropped[reason] ?? 0) + count),
      note: (text) => notes.length < 200 && notes.push(`${summary.name}: ${text}`),
    });
  }

  function records(name: string, format: string) {
    const summary: SourceSummary = { name, format, bytes: 0, records: 0, spans: 0 };
    const sink = intake(summary, () => summary.records++);
    return { sink, read: (bytes: number) => void (summary.bytes += bytes) };
  }

  function source(name: string, format = options.format): ByteSource {
    const summary: SourceSummary = { name, format: "text", bytes: 0, records: 0, spans: 0 };
    const logged = () => (isLog = true);
    const sink = intake(summary, () => {}, logged);
    let isLog = false;
    const bytes = createByteSource({
      format,
      open(told, whole) {
        summary.format = told.format;
        notes.push(`${name}: read as ${told.format} (${told.why})`);
        const paste = sources.length === 1 && whole !== null && told.format === "text" ? pastedText(name, whole) : null;
        if (paste !== null) texts.hold(paste);
        const known = formats.find((f) => f.name === told.format);
        return unfailing(known?.open(name, sink) ?? openText(name, sink, scanned, prefilter), sink);
      },
      ended: (reader) => {
        summary.records = reader.records;
        if (isLog) texts.settle(false);
      },
    });
    return {
      push(block) {
        summary.bytes += block.length;
        bytes.push(block);
      },
      end: () => bytes.end(),
    };
  }

  function judged(parts: CaseParts): Report {
    return judge(parts, {
      version: options.version,
      classifiers,
      maxEvidence: options.maxEvidence ?? 10,
      keep: options.keep ?? (() => true),
      agents,
      versions,
    });
  }

  function whole({ traces, forgotten }: Shelved): Traces {
    const all = closed.forgotten + forgotten;
    if (all > 0) dropped[UNWATCHED] = all;
    return traces;
  }

  /** Judges the runs that are over, and lets them go; what names no run is in the end forgotten. */
  function closeRuns(): void {
    const over = ledger.takeOver();
    const { calls, runs } = over.ledger;
    const taken = findings.take(({ scope }) => over.has(scope));
    const { traces, forgotten: broken } = shelf.take(over.traceIds);
    closed.runs += runs().length;
    closed.forgotten += broken;
    const report = judged({
      the: { calls: calls(), runs: runs(), traces },
      findings: inOrder(taken.findings),
      beyond: taken.beyond,
      isCounted: findings.isCounted,
      coverage: emptyCoverage(),
      sources: [],
      unclassified: (doubted) => (doubts.push(...doubted.slice(0, MOST_DOUBTS - doubts.length)), []),
    });
    past = past === null ? report : mergeReports(past, report, options.maxEvidence ?? 10);
    if (ledger.weight <= mostKept * 0.75) return;
    const forgotten = ledger.forget(ledger.size >> 1);
    dropped[FORGOTTEN] = (dropped[FORGOTTEN] ?? 0) + forgotten;
  }

  function report(each?: EachIncident): Report {
    texts.settle(true);
    const runs = ledger.runs();
    const traceIds = new Set(runs.flatMap(({ scope }) => scope.traceId ?? []));
    const now = judged({
      the: { calls: ledger.calls(), runs, traces: whole(shelf.of(traceIds)) },
      findings: [...inOrder(findings.list()), ...texts.atEnd()],
      beyond: findings.beyond(),
      isCounted: findings.isCounted,
      coverage: {
        records: sources.reduce((n, s) => n + s.records, 0),
        spans: sources.reduce((n, s) => n + s.spans, 0),
        dialects: [...dialects].sort(),
        dropped,
        skipped: [],
        notes,
      },
      sources,
      unclassified: (doubted) => unclassified.list([...doubts, ...doubted]),
      ...(each && { each }),
    });
    if (past === null) return now;
    const all = mergeReports(past, now, options.maxEvidence ?? 10);
    const skipped = [...all.coverage.skipped, ...partlyRun(closed.runs)];
    return { ...all, incidents: rankIncidents(all.incidents), coverage: { ...all.coverage, skipped } };
  }

  return { source, records, report, calls: () => ledger.calls(), runs: () => ledger.runs() };
}

/** Of a tool's own span: that its call failed is found in any case, whatever it says. */
function isOfCall({ tool, evidence }: Text): boolean {
  return tool !== null && evidence.kind === "span";
}

const MOST_DOUBTS = 1000;
const UNWATCHED = "traces whose spans were forgotten, where lost spans are not looked for";
const FORGOTTEN = "facts of the oldest calls, which name no run";
