import { AGENT_WORDS, type AgentEvidence } from "./diagnosis/agent-evidence.ts";
import type { FindingStore } from "./diagnosis/finding-store.ts";
import { createFirstWitness } from "./diagnosis/first-witness.ts";
import { versionsInText, type PackageVersions } from "./diagnosis/package-versions.ts";
import { createSeenTexts } from "./diagnosis/seen-texts.ts";
import type { UnclassifiedTable } from "./diagnosis/unclassified.ts";
import type { Classifier } from "./records/classifier.ts";
import type { Finding } from "./records/finding.ts";
import type { Text } from "./records/text.ts";
import { firstLine } from "./signatures/excerpt.ts";
import { createExplainer } from "./signatures/explain-once.ts";
import { completedBy, saysMore } from "./signatures/explain.ts";
import { findingOf } from "./signatures/finding.ts";
import type { Match, Matcher } from "./signatures/matcher.ts";
import { once } from "./signatures/once.ts";
import { createSequences, type SequenceMatch } from "./signatures/sequences.ts";

/** What signatures say of a case's texts. */
export interface TextFindings {
  /** What explains the text; null when nothing does. */
  look(text: Text): Finding | null;
  /** The same once more for a failure that nothing explains: general words count, which no log is scanned for. */
  lookAgain(text: Text): Finding | null;
  /** The same for a tool's result, which stands in every later request of its run and counts once. */
  lookAtResult(text: Text): void;
  /** A failure without a known cause. */
  unexplained(text: Text): void;
  /** From here on findings of log lines wait for `settle`: the source is short, and may be one sentence that was wrapped. */
  hold(paste: Text): void;
  /** Lets them go: line by line, or, of a paste, whose lines joined may say more, as what the paste says. */
  settle(isPaste: boolean): void;
  /** Sequences of lines that only the end of the input completes. */
  atEnd(): Finding[];
}

/** Where it tells what it finds. */
interface Told {
  findings: FindingStore;
  agents: AgentEvidence;
  unclassified: UnclassifiedTable;
  versions: PackageVersions;
}

/** Layers whose words only agents use: a finding of them is evidence that an agent is at work. */
const AGENT_LAYERS = /^(?:registration|schema|model|arguments|conversation|mcp)\//;

export function createTextFindings(classifiers: readonly Classifier[], matcher: Matcher, told: Told): TextFindings {
  const sequences = createSequences(classifiers);
  const explain = createExplainer(matcher);
  const seenResults = createSeenTexts();
  const witnesses = createFirstWitness();
  let held: { paste: Text; lines: SequenceMatch[] } | null = null;

  function found({ match, text }: SequenceMatch): Finding {
    const finding = findingOf(match, text);
    if (held !== null && (text.place === "log" || text.place === "exception")) {
      held.lines.push({ match, text });
      return finding;
    }
    for (const [name, version] of versionsIn(match)) told.versions.set(name, version);
    if ((!finding.needsAgent && AGENT_LAYERS.test(finding.classifier)) || speaksOfAgents(match))
      told.agents.mark(finding.scope.source, finding.scope.stream, finding.evidence[0]?.line ?? null);
    told.findings.add(finding);
    return finding;
  }

  function look(text: Text): Finding | null {
    for (const one of sequences.see(text)) found(one);
    return said(text);
  }

  function said(text: Text): Finding | null {
    const match = explain(text);
    return match === null ? null : found({ match, text });
  }

  function unexplained({ text, evidence, callId }: Text): void {
    const said = wordsOf(text);
    told.unclassified.add(said, { ...evidence, excerpt: said, callId });
  }

  return {
    look,
    lookAgain: (text) => (text.hits === null ? null : said({ ...text, hits: null })),
    unexplained,
    lookAtResult(text) {
      const { callId, scope, evidence } = text;
      // without an id the place in the history tells a result from an equal one of another call
      const key = `${callId ?? evidence.messageIndex ?? ""}\u0000${scope.traceId ?? scope.run ?? scope.source}\u0000${text.text}`;
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
    },
    hold: (paste) => void (held = { paste, lines: [] }),
    settle(isPaste) {
      if (held === null) return;
      const { paste, lines } = held;
      held = null;
      if (!isPaste) return lines.forEach(found);
      const joined = explain(paste);
      // what somebody pastes to ask about is an agent's by their word: general words count in it
      if (joined !== null || lines.length > 0) told.agents.mark(paste.scope.source, paste.scope.stream, null);
      const isOneCause = new Set(lines.map(({ match }) => match.classifier.id)).size <= 1;
      if (joined !== null && saysMore(joined, lines)) found({ match: joined, text: paste });
      else if (!isOneCause) lines.forEach(found);
      else for (const { match, text } of lines) found({ match: completedBy(match, joined, paste.text), text });
    },
    atEnd: () => sequences.end().map(({ match, text }) => findingOf(match, text)),
  };
}

const versionsIn = once((match: Match) => versionsInText(match.body));
const speaksOfAgents = once((match: Match) => AGENT_WORDS.test(match.body));

/** The first line that says something; of a traceback the exception, which is the last that is not indented. */
function wordsOf(text: string): string {
  const first = firstLine(text);
  if (!first.startsWith("Traceback (most recent call last)")) return first;
  return firstLine(text.split("\n").findLast((line) => /^[A-Za-z_][\w.]*(?::|$)/.test(line)) ?? first);
}
