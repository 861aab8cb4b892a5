import type { Run, ToolCall } from "../records/call.ts";
import type { Finding } from "../records/finding.ts";
import { argumentQuoted, createPointedAt } from "./pointed-at.ts";

/**
 * Names the tool of a finding whose text does not: by the place in the request that it points at, by the call that it
 * belongs to, by the user's function on its stack, else by the only tool that was called near it; and the argument whose
 * value it quotes. Changes the findings.
 */
export function completeFacts(findings: readonly Finding[], calls: readonly ToolCall[], runs: readonly Run[]): void {
  const pointed = createPointedAt(runs);
  const byId = new Map(calls.filter((c) => c.id !== null).map((c) => [c.id!, c]));
  const byKey = new Map(calls.map((c) => [c.key, c]));
  const known = new Set(calls.flatMap((c) => [c.tool ?? "", ...(c.offered ?? []).map((t) => t.name)]));
  const only = onlyTools(calls);
  for (const f of findings) {
    nameTool(f);
    if (f.facts.argument !== undefined || !QUOTES.test(f.classifier)) continue;
    const argument = argumentQuoted(f, byKey.get(f.callKey ?? "") ?? byId.get(f.callId ?? ""));
    if (argument !== null) f.facts.argument = argument;
  }

  function nameTool(f: Finding): void {
    if (f.tool !== null) return;
    const at = pointed.inRequest(f);
    const call = [f.callId, ...(f.facts.callId?.split(/[,\s]+/) ?? [])]
      .map((id) => byId.get(id ?? ""))
      .find((c) => c !== undefined);
    const tool =
      at?.tool ??
      call?.tool ??
      onStack(f, known) ??
      (ABOUT_A_CALL.test(f.classifier)
        ? (only.get(scopeKey(f.scope.run ?? f.scope.traceId, f.scope.source)) ??
          only.get(scopeKey(null, f.scope.source)) ??
          null)
        : null);
    if (tool === null) return;
    f.tool = tool;
    f.facts.tool ??= tool;
    f.callId ??= at?.callId ?? null;
    if (f.callId === null && call !== undefined && !f.classifier.startsWith("conversation/")) f.callId = call.id;
  }
}

/** Failures whose words may quote what the model sent. */
const QUOTES = /^(?:execution|result)\//;

/** Failures that belong to one call even where their text names no tool. */
const ABOUT_A_CALL =
  /^(?:arguments|execution|result)\/|^registration\/(?:tool-not-wired|signature-mismatch|invalid-definition)|^conversation\/(?:missing-tool-response|orphan-tool-response|invalid-call-id)|^mcp\/timeout|^flow\/(?:loop|step-limit)|^concurrency\/shared-state/;

function onStack(f: Finding, known: ReadonlySet<string>): string | null {
  const functions = f.functions ?? [];
  return (
    functions.find((name) => known.has(name)) ??
    (known.size === 0 && f.classifier.startsWith("execution/") ? (functions[0] ?? null) : null)
  );
}

/** Per run, and per source, the tool that alone was called there. */
function onlyTools(calls: readonly ToolCall[]): Map<string, string> {
  const tools = new Map<string, Set<string>>();
  for (const { tool, run, scope } of calls) {
    if (tool === null) continue;
    for (const key of new Set([
      scopeKey(run, scope.source),
      scopeKey(scope.traceId, scope.source),
      scopeKey(null, scope.source),
    ])) {
      const known = tools.get(key);
      if (known === undefined) tools.set(key, new Set([tool]));
      else known.add(tool);
    }
  }
  return new Map([...tools].filter(([, names]) => names.size === 1).map(([key, names]) => [key, [...names][0]!]));
}

function scopeKey(run: string | null, source: string): string {
  return run === null ? `source ${source}` : `run ${run}`;
}
