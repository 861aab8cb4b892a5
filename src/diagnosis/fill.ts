import type { Facts } from "../records/finding.ts";

/**
 * Fills `{fact}` placeholders. Lines are alternatives: the first whose facts are all known is taken, else the last. In it
 * a sentence or clause (up to `.` or `;`) whose placeholder is unknown is left out; where nothing would remain the
 * placeholder gets a general word.
 */
export function fill(template: string, facts: Facts): string {
  const lines = template.trim().split("\n");
  return fillLine(
    lines.find((line) => names(line).every((n) => facts[n as keyof Facts] !== undefined)) ?? lines.at(-1)!,
    facts,
  );
}

function fillLine(template: string, facts: Facts): string {
  const clauses = template.split(/(?<=[.;!?])\s+/);
  const kept = clauses.filter((c) => names(c).every((n) => facts[n as keyof Facts] !== undefined));
  const chosen = kept.length > 0 ? kept : [clauses[0] ?? ""];
  const text = chosen
    .join(" ")
    .replace(/\{(\w+)\}/g, (_, name: string) => facts[name as keyof Facts] ?? GENERAL[name] ?? name);
  const sentence = text.replace(/;$/, ".").replace(/\s+/g, " ").trim();
  return sentence.charAt(0).toUpperCase() === sentence.charAt(0) || startsWithFact(template)
    ? sentence
    : sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

const GENERAL: Record<string, string> = {
  tool: "the tool",
  argument: "an argument",
  nearest: "another name",
  expected: "another type",
  received: "another type",
  value: "a value",
  allowed: "other values",
  limit: "a limit",
  actual: "more",
  model: "the model",
  provider: "the provider",
  providerStatus: "an error status",
  server: "the MCP server",
  exception: "an exception",
  callId: "a call",
  package: "a package",
  flag: "a flag",
  agent: "the agent",
};

function names(clause: string): string[] {
  return [...clause.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!);
}

function startsWithFact(template: string): boolean {
  return template.trimStart().startsWith("{");
}
