import type { Turn } from "../records/call.ts";
import type { Case } from "../records/detector.ts";
import type { Finding } from "../records/finding.ts";
import type { Message } from "../records/records.ts";

/** What a refused request was made of: how the history grew up to it, and the largest piece in it. */
export function growthOf({ runs }: Case): (finding: Finding) => Finding {
  let places: Map<string, Place> | null = null;
  return (finding) => {
    if (finding.classifier !== "provider/context-overflow" || finding.facts.value !== undefined) return finding;
    places ??= placesOf(runs);
    const [place] = finding.evidence.flatMap((seen) => places!.get(keyOf(seen)) ?? []);
    const said = place === undefined ? null : describe(place.turns.slice(0, place.at + 1));
    return said === null ? finding : { ...finding, facts: { ...finding.facts, value: said } };
  };
}

interface Place {
  turns: readonly Turn[];
  at: number;
}

function placesOf(runs: Case["runs"]): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const { turns } of runs)
    for (const [at, { evidence, messages }] of turns.entries())
      if (messages !== null) places.set(keyOf(evidence), { turns, at });
  return places;
}

/** A span, or the record of a message. A log's line tells of other things too. */
function keyOf({ kind, source, line, traceId, spanId }: Finding["evidence"][number]): string {
  return spanId === null ? `${kind === "log" ? "log" : ""} ${source} ${line}` : `${traceId} ${spanId}`;
}

function describe(turns: readonly Turn[]): string | null {
  const asked = turns.filter(({ messages }) => messages !== null);
  const last = asked.at(-1)?.messages ?? [];
  const names = new Map(last.flatMap(({ calls }) => calls.map(({ id, name }) => [id, name] as const)));
  const pieces = last.flatMap((message) => [
    { who: `a message of the ${message.role}`, size: message.text?.length ?? 0 },
    ...message.results.map(({ callId, tool, content }) => ({
      who: `a result of ${tool ?? names.get(callId) ?? "a tool"}`,
      size: content.length,
    })),
  ]);
  const largest = pieces.reduce((a, b) => (b.size > a.size ? b : a), { who: "", size: 0 });
  if (largest.size === 0) return null;
  const [from, to] = [sizeOf(asked[0]!.messages!), sizeOf(last)];
  const grew =
    asked.length > 1 && to > from
      ? `Its messages grew from ${kilo(from)} to ${kilo(to)} in ${asked.length} requests`
      : `Its messages have ${kilo(to)}`;
  return `${grew}; the largest is ${largest.who} with ${kilo(largest.size)}`;
}

function sizeOf(messages: readonly Message[]): number {
  return messages.reduce((sum, { text, calls, results }) => {
    const called = calls.reduce((all, { argumentsRaw }) => all + (argumentsRaw?.length ?? 0), 0);
    return sum + (text?.length ?? 0) + called + results.reduce((all, { content }) => all + content.length, 0);
  }, 0);
}

function kilo(characters: number): string {
  return characters < 1000
    ? `${characters} characters`
    : `${(characters / 1000).toFixed(characters < 10_000 ? 1 : 0)} k characters`;
}
