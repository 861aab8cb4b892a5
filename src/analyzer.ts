import { createByteSource, type ByteSource } from "./byte-source.ts";
import { createAgentEvidence } from "./diagnosis/agent-evidence.ts";
import { completeFacts } from "./diagnosis/complete-facts.ts";
import { createFindingStore } from "./diagnosis/finding-store.ts";
import { failureSentence } from "./diagnosis/failure-look.ts";
import { inOrder } from "./diagnosis/in-order.ts";
import { versionsInSpan, type PackageVersions } from "./diagnosis/package-versions.ts";
import { reportOf } from "./diagnosis/report.ts";
import { createUnclassified } from "./diagnosis/unclassified.ts";
import { detectors, settleFindings } from "./detectors/index.ts";
import { engineOf } from "./engine.ts";
import { unfailing } from "./ingest/failed.ts";
import { formats } from "./ingest/formats.ts";
import { openText } from "./ingest/text/reader.ts";
import { openIntake } from "./intake.ts";
import { evidenceOf, pastedText, textsOf } from "./record-texts.ts";
import type { Run, ToolCall } from "./records/call.ts";
import type { Classifier } from "./records/classifier.ts";
import type { Fact } from "./records/fact.ts";
import type { Finding } from "./records/finding.ts";
import type { Sink } from "./records/format.ts";
import type { LogRecord, Span } from "./records/records.ts";
import { redactReport } from "./records/redact-report.ts";
import type { EachIncident, Report, SourceSummary } from "./records/report.ts";
import type { Text } from "./records/text.ts";
import { firstLine } from "./signatures/excerpt.ts";
import { createTextFindings } from "./text-findings.ts";
import { createLedger } from "./toolcalls/ledger.ts";
import { createTraces } from "./toolcalls/traces.ts";

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
  const { classifiers } = options;
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

  const emit = {
    note: (text: string) => void (notes.length < 200 && !notes.includes(text) && notes.push(text)),
    fact: (fact: Fact) => {
      agents.mark(fact.scope.source, fact.scope.stream, fact.evidence.line);
      options.facts?.(fact);
      ledger.add(fact);
    },
    text(text: Text) {
      agents.mark(text.scope.source, text.scope.stream, text.evidence.line);
      if (text.place === "tool-result") texts.lookAtResult(text);
      else if (texts.look(text) === null && text.flagged === true) texts.unexplained(text);
    },
  };

  function unclaimed(record: LogRecord): void {
    if (record.hits === null || [...record.hits].some((h) => markers.has(h)))
      agents.mark(record.scope.source, record.scope.stream, record.line);
    let known = false;
    for (const text of textsOf(record)) known = texts.look(text) !== null || known;
    if (known) return;
    const sentence = failureSentence(record);
    if (sentence === null) return;
    const excerpt = firstLine(sentence.message);
    unclassified.add(excerpt, {
      ...evidenceOf(record),
      line: record.lines[sentence.lineIndex] ?? record.line,
      excerpt,
    });
  }

  function seen(span: Span, summary: SourceSummary): void {
    shelf.add(span);
    summary.spans++;
  }

  /** `log` is told when the source has a log's form: a paste has neither times nor a dialect. */
  function intake(summary: SourceSummary, record: () => void, log: () => void = () => {}): Sink {
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
        seen(span, summary);
        options.spans?.(span);
      },
      ...(options.spans === undefined ? { quiet: (span: Span) => seen(span, summary) } : {}),
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
    let paste: Text | null = null;
    let isLog = false;
    const bytes = createByteSource({
      format,
      open(told, whole) {
        summary.format = told.format;
        notes.push(`${name}: read as ${told.format} (${told.why})`);
        if (whole !== null && told.format === "text") paste = pastedText(name, whole);
        if (paste !== null) texts.hold();
        const known = formats.find((f) => f.name === told.format);
        return unfailing(known?.open(name, sink) ?? openText(name, sink, scanned, prefilter), sink);
      },
      ended: (reader) => {
        summary.records = reader.records;
        texts.settle(isLog ? null : paste);
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

  function report(each?: EachIncident): Report {
    const the = { calls: ledger.calls(), runs: ledger.runs(), traces: shelf.traces };
    const skipped: { detector: string; reason: string }[] = [];
    const structural = detectors.flatMap((d) => {
      const reason = d.skip(the);
      if (reason !== null) skipped.push({ detector: d.name, reason });
      if (reason !== null) return [];
      try {
        return d.detect(the);
      } catch (error) {
        skipped.push({
          detector: d.name,
          reason: `it failed: ${error instanceof Error ? error.message : String(error)}`,
        });
        return [];
      }
    });
    const all = settleFindings([...inOrder(findings.list()), ...texts.atEnd(), ...structural], the);
    // a generic word without an agent near it is no finding, but it is not dropped either
    const doubted = all.filter((f) => f.needsAgent && !agents.near(f));
    const counted = all.filter((f) => !doubted.includes(f) && (options.keep?.(f) ?? true));
    completeFacts(counted, the.calls);
    return redactReport(
      reportOf({
        version: options.version,
        classifiers: new Map(classifiers.map((c) => [c.id, c])),
        findings: counted,
        beyond: findings.beyond(),
        calls: the.calls,
        unclassified: unclassified.list(doubted),
        sources,
        coverage: {
          records: sources.reduce((n, s) => n + s.records, 0),
          spans: sources.reduce((n, s) => n + s.spans, 0),
          dialects: [...dialects].sort(),
          dropped,
          skipped,
          notes,
        },
        sawAgent: agents.any,
        maxEvidence: options.maxEvidence ?? 10,
        versions,
        ...(each && { each }),
      }),
    );
  }

  return { source, records, report, calls: () => ledger.calls(), runs: () => ledger.runs() };
}
