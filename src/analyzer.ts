import { AGENT_WORDS, createAgentEvidence } from "./diagnosis/agent-evidence.ts";
import { completeFacts } from "./diagnosis/complete-facts.ts";
import { createFirstWitness } from "./diagnosis/first-witness.ts";
import { createFindingStore } from "./diagnosis/finding-store.ts";
import { failureSentence } from "./diagnosis/failure-look.ts";
import { inOrder } from "./diagnosis/in-order.ts";
import { versionsInSpan, versionsInText, type PackageVersions } from "./diagnosis/package-versions.ts";
import { reportOf } from "./diagnosis/report.ts";
import { createSeenTexts } from "./diagnosis/seen-texts.ts";
import { createUnclassified } from "./diagnosis/unclassified.ts";
import { detectors, settleFindings } from "./detectors/index.ts";
import { engineOf } from "./engine.ts";
import { formats } from "./ingest/formats.ts";
import { sniff } from "./ingest/sniff.ts";
import { openText } from "./ingest/text/reader.ts";
import { openIntake } from "./intake.ts";
import { evidenceOf, pastedText, textsOf } from "./record-texts.ts";
import type { Run, ToolCall } from "./records/call.ts";
import type { Classifier } from "./records/classifier.ts";
import type { Finding } from "./records/finding.ts";
import type { Reader, Sink } from "./records/format.ts";
import type { LogRecord, Span } from "./records/records.ts";
import { redactReport } from "./records/redact-report.ts";
import type { EachIncident, Report, SourceSummary } from "./records/report.ts";
import type { Text } from "./records/text.ts";
import { firstLine } from "./signatures/excerpt.ts";
import { createExplainer } from "./signatures/explain-once.ts";
import { completedBy, saysMore } from "./signatures/explain.ts";
import { findingOf } from "./signatures/finding.ts";
import type { Match } from "./signatures/matcher.ts";
import { once } from "./signatures/once.ts";
import { createSequences, type SequenceMatch } from "./signatures/sequences.ts";
import { createLedger } from "./toolcalls/ledger.ts";

export interface AnalyzerOptions {
  version: string;
  classifiers: readonly Classifier[];
  /** Keeps findings that pass: `--only`, `--ignore`, `--since`, `--until`. */
  keep?: (finding: Finding) => boolean;
  maxEvidence?: number;
  /** Is told of each span as it is read; for `show`, `compare` and `differs`, which keep of it what they need. */
  spans?: (span: Span) => void;
  /** Name of the format, for all sources; told by content where it is missing. */
  format?: string;
}

/** One case: several sources, one verdict. */
export interface Analyzer {
  /** `format`: the name of the format where it is known; else it is told by content. */
  source(name: string, format?: string): { push(bytes: Uint8Array): void; end(): void };
  /** A source whose records come decoded, as those of a receiver do. */
  records(name: string, format: string): { sink: Sink; read(bytes: number): void };
  /** `each` is told of each incident with all of its findings that were kept: which calls and runs it was seen in. */
  report(each?: EachIncident): Report;
  calls(): ToolCall[];
  runs(): Run[];
}

/** Layers whose words only agents use: a finding of them is evidence that an agent is at work. */
const AGENT_LAYERS = /^(?:registration|schema|model|arguments|conversation|mcp)\//;

const HEAD = 64 * 1024;

export function createAnalyzer(options: AnalyzerOptions): Analyzer {
  const { classifiers } = options;
  const sequences = createSequences(classifiers);
  const { scanned, prefilter, markers, matcher } = engineOf(classifiers);
  const explain = createExplainer(matcher);
  const ledger = createLedger();
  const agents = createAgentEvidence();
  const unclassified = createUnclassified();
  const findings = createFindingStore();
  const versions: PackageVersions = new Map();
  const seenResults = createSeenTexts();
  const witnesses = createFirstWitness();
  const sources: SourceSummary[] = [];
  const dialects = new Set<string>();
  const dropped: Record<string, number> = Object.create(null) as Record<string, number>;
  const notes: string[] = [];

  /** What a signature says of the text; null when none explains it. */
  function look(text: Text): Finding | null {
    for (const one of sequences.see(text)) found(one);
    const match = explain(text);
    return match === null ? null : found({ match, text });
  }

  /** Matches of a short source, kept back until it is known whether its lines belong together. */
  let held: SequenceMatch[] | null = null;

  function found({ match, text }: SequenceMatch): Finding {
    if (held !== null && (text.place === "log" || text.place === "exception")) {
      held.push({ match, text });
      return findingOf(match, text);
    }
    for (const [name, version] of versionsIn(match)) versions.set(name, version);
    const finding = findingOf(match, text);
    if ((!finding.needsAgent && AGENT_LAYERS.test(finding.classifier)) || speaksOfAgents(match))
      agents.mark(finding.scope.source, finding.scope.stream, finding.evidence[0]?.line ?? null);
    findings.add(finding);
    return finding;
  }

  /** A result stands in every later request of its run: it is looked at once, and told of where it was first. */
  function lookAtResult(text: Text): void {
    const key = `${text.callId ?? ""}\u0000${text.scope.traceId ?? text.scope.run ?? text.scope.source}\u0000${text.text}`;
    const isFlagged = text.flagged === true && !seenResults.again(`${key}\u0000flagged`);
    if (!seenResults.again(key)) {
      const finding = look(text);
      if (finding !== null) witnesses.keep(text, finding);
      else if (isFlagged) unexplained(text);
      return;
    }
    const later = witnesses.laterThan(text);
    // a request may have shown it before the span that calls it an error came
    const match = later !== null || isFlagged ? explain(text) : null;
    if (later !== null && match !== null) Object.assign(later, findingOf(match, text));
    else if (isFlagged && match === null) unexplained(text);
  }

  function unexplained({ text, evidence, callId }: Text): void {
    unclassified.add(firstLine(text), { ...evidence, excerpt: firstLine(text), callId });
  }

  const emit = {
    note: (text: string) => void (notes.length < 200 && !notes.includes(text) && notes.push(text)),
    fact: (fact: Parameters<typeof ledger.add>[0]) => {
      agents.mark(fact.scope.source, fact.scope.stream, fact.evidence.line);
      ledger.add(fact);
    },
    text(text: Text) {
      agents.mark(text.scope.source, text.scope.stream, text.evidence.line);
      if (text.place === "tool-result") lookAtResult(text);
      else if (look(text) === null && text.flagged === true) unexplained(text);
    },
  };

  function unclaimed(record: LogRecord): void {
    if (record.hits === null || [...record.hits].some((h) => markers.has(h)))
      agents.mark(record.scope.source, record.scope.stream, record.line);
    let known = false;
    for (const text of textsOf(record)) known = look(text) !== null || known;
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
        summary.spans++;
        options.spans?.(span);
      },
      drop: (reason, count) => (dropped[reason] = (dropped[reason] ?? 0) + count),
      note: (text) => notes.length < 200 && notes.push(`${summary.name}: ${text}`),
    });
  }

  function records(name: string, format: string) {
    const summary: SourceSummary = { name, format, bytes: 0, records: 0, spans: 0 };
    const sink = intake(summary, () => summary.records++);
    return { sink, read: (bytes: number) => void (summary.bytes += bytes) };
  }

  function source(name: string, format = options.format) {
    const summary: SourceSummary = { name, format: "text", bytes: 0, records: 0, spans: 0 };
    const sink = intake(
      summary,
      () => {},
      () => (isLog = true),
    );
    let head: Uint8Array[] = [];
    let headLength = 0;
    let reader: Reader | null = null;
    let paste: Text | null = null;
    let isLog = false;
    function open(whole: boolean): Reader {
      const first = concat(head);
      head = [];
      const told = format === undefined ? sniff(first, whole) : { format, why: "given" };
      summary.format = told.format;
      notes.push(`${name}: read as ${told.format} (${told.why})`);
      const opened =
        formats.find((f) => f.name === told.format)?.open(name, sink) ?? openText(name, sink, scanned, prefilter);
      if (whole && told.format === "text") paste = pastedText(name, first);
      opened.push(first);
      return (reader = opened);
    }
    return {
      push(given: Uint8Array) {
        const bytes = plain(given);
        summary.bytes += bytes.length;
        if (reader !== null) reader.push(bytes);
        else {
          head.push(new Uint8Array(bytes)); // a copy, also of a Buffer, whose slice() would share the caller's memory
          headLength += bytes.length;
          if (headLength >= HEAD || format !== undefined) open(false);
        }
      },
      end() {
        held = reader === null ? [] : null;
        const opened = reader ?? open(true);
        opened.end();
        summary.records = opened.records;
        const lines = held ?? [];
        held = null;
        const joined = paste === null || isLog ? null : explain(paste);
        if (joined !== null && saysMore(joined, lines)) found({ match: joined, text: paste! });
        else if (paste === null || isLog || new Set(lines.map(({ match }) => match.classifier.id)).size > 1)
          lines.forEach(found);
        else for (const { match, text } of lines) found({ match: completedBy(match, joined, paste.text), text });
      },
    };
  }

  function report(each?: EachIncident): Report {
    const the = { calls: ledger.calls(), runs: ledger.runs() };
    const skipped: { detector: string; reason: string }[] = [];
    const structural = detectors.flatMap((d) => {
      const reason = d.skip(the);
      if (reason !== null) skipped.push({ detector: d.name, reason });
      return reason === null ? d.detect(the) : [];
    });
    const atEnd = sequences.end().map(({ match, text }) => findingOf(match, text));
    const all = settleFindings([...inOrder(findings.list()), ...atEnd, ...structural], the);
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

const versionsIn = once((match: Match) => versionsInText(match.body));
const speaksOfAgents = once((match: Match) => AGENT_WORDS.test(match.body));

/** A Buffer as the plain bytes that it is: its `slice` shares memory where that of others copies. */
function plain(bytes: Uint8Array): Uint8Array {
  return bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

function concat(blocks: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(blocks.reduce((n, b) => n + b.length, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}
