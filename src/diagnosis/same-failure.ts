import type { Finding } from "../records/finding.ts";

/**
 * One failure that several witnesses tell of (a span and a log line, two loggers, a traceback quoted in a message) becomes
 * one finding with all the evidence. Joined on the call id, else on trace and span, else on the same words close together
 * where no id contradicts. Linear: each finding looks only at the last one under its key.
 */
export function joinWitnesses(findings: readonly Finding[]): Finding[] {
  const last = new Map<string, Finding>();
  const out: Finding[] = [];
  for (const f of findings) {
    const keys = keysOf(f);
    const known = keys.map((k) => last.get(k)).find((k) => k !== undefined && agrees(k, f));
    if (known === undefined) {
      const own = { ...f, evidence: [...f.evidence], modifiers: [...f.modifiers], facts: { ...f.facts } };
      out.push(own);
      for (const key of keys) last.set(key, own);
    } else {
      absorb(known, f);
      for (const key of keys) last.set(key, known);
    }
  }
  return out;
}

function keysOf(f: Finding): string[] {
  const keys: string[] = [];
  if (f.callId !== null) keys.push(`call ${f.classifier} ${f.callKey ?? f.callId}`);
  if (f.scope.traceId !== null && f.scope.spanId !== null)
    keys.push(`span ${f.classifier} ${f.scope.traceId} ${f.scope.spanId}`);
  if (f.callId === null && f.scope.traceId !== null) keys.push(`trace ${f.classifier} ${f.scope.traceId} ${f.message}`);
  const [first] = f.evidence;
  if (first?.line != null) keys.push(`line ${f.classifier} ${first.source} ${first.line} ${first.spanId ?? ""}`);
  keys.push(`words ${f.classifier} ${f.message}`);
  return keys;
}

const WITHIN_NS = 2_000_000_000n;

function agrees(a: Finding, b: Finding): boolean {
  const [own, other] = [a.callKey ?? a.callId, b.callKey ?? b.callId];
  if (own !== null && other !== null) return own === other;
  if (differ(a.tool, b.tool) || differ(a.facts.argument ?? null, b.facts.argument ?? null)) return false;
  if (differ(a.scope.traceId, b.scope.traceId)) return false;
  // runs and streams of one source are told apart; a trace and a log give the same run different names
  if (a.scope.source === b.scope.source && (differ(a.scope.run, b.scope.run) || differ(a.scope.stream, b.scope.stream)))
    return false;
  if (a.time !== null && b.time !== null) return abs(a.time - b.time) <= WITHIN_NS;
  return true;
}

function absorb(known: Finding, f: Finding): void {
  known.evidence.push(...f.evidence);
  for (const [name, value] of Object.entries(f.facts)) known.facts[name as "tool"] ??= value;
  known.tool ??= f.tool;
  if (known.callId === null && f.callKey !== undefined) known.callKey = f.callKey;
  known.callId ??= f.callId;
  known.time ??= f.time;
  known.weight = Math.max(known.weight, f.weight);
  known.needsAgent &&= f.needsAgent;
  for (const m of f.modifiers) if (!known.modifiers.includes(m)) known.modifiers.push(m);
}

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

function abs(n: bigint): bigint {
  return n < 0n ? -n : n;
}
