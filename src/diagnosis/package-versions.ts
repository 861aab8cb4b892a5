import type { VersionNote } from "../records/classifier.ts";
import type { Span } from "../records/records.ts";

/** Versions of packages that the input itself shows: paths in tracebacks, user agents, scopes of spans. */
export type PackageVersions = Map<string, string>;

/** Names with versions, in the order of the patterns. */
export function versionsInText(text: string): [name: string, version: string][] {
  const head = text.slice(0, 64 * 1024);
  return IN_TEXT.flatMap(({ pattern, name }) =>
    [...head.matchAll(pattern)].map((m): [string, string] => [
      name?.[m[1]!] ?? m[1]!.replace("+", "/").replaceAll("_", "-"),
      m[2]!,
    ]),
  );
}

export function versionsInSpan({ scope }: Span, versions: PackageVersions): void {
  const name = SCOPES[scope.name];
  if (name !== undefined && scope.version !== null && /^\d/.test(scope.version)) versions.set(name, scope.version);
}

/** What a fix should add: the notes that hold for the version that runs, or that say for which versions they hold. */
export function versionSteps(notes: readonly VersionNote[], versions: PackageVersions): string[] {
  return notes.flatMap(({ package: name, range, note, fixedIn }) => {
    const running = versions.get(name);
    const mend = fixedIn === null ? "" : ` ${name} ${fixedIn} mends it.`;
    if (running !== undefined)
      return inRange(running, range) ? [`${name} ${running} runs here: ${sentence(note)}${mend}`] : [];
    return fixedIn === null ? [] : [`With ${name} ${range}: ${sentence(note)}${mend}`];
  });
}

/** `*`, or comparisons joined by commas or blanks, all of which must hold: `>=0.4,<0.5.5`. */
export function inRange(version: string, range: string): boolean {
  return range
    .split(/[,\s]+/)
    .filter((part) => part !== "" && part !== "*")
    .every((part) => {
      const [, sign = "=", bound = ""] = /^(>=|<=|>|<|=|\^|~)?\s*v?([\w.*-]+)$/.exec(part) ?? [];
      const order = compare(version, bound);
      if (sign === "=" || sign === "~" || sign === "^")
        return `${version}.`.startsWith(`${bound.replace(/\.[x*].*$/, "")}.`);
      return sign === ">=" ? order >= 0 : sign === "<=" ? order <= 0 : sign === ">" ? order > 0 : order < 0;
    });
}

function compare(a: string, b: string): number {
  const [x, y] = [a, b].map((v) => v.split(/[.-]/).map((n) => Number.parseInt(n, 10) || 0)) as [number[], number[]];
  for (let i = 0; i < Math.max(x.length, y.length); i++)
    if ((x[i] ?? 0) !== (y[i] ?? 0)) return (x[i] ?? 0) - (y[i] ?? 0);
  return 0;
}

function sentence(note: string): string {
  return /[.!?]$/.test(note) ? note : `${note}.`;
}

const IN_TEXT: { pattern: RegExp; name?: Record<string, string> }[] = [
  // node_modules/.pnpm/@ai-sdk+openai@4.0.118/..., .bun/, .store/ of yarn
  {
    pattern:
      /\/\.(?:pnpm|bun|store)\/((?:@[\w.-]{1,60}\+)?[\w.-]{1,60}?)@(\d{1,4}\.\d{1,4}\.\d{1,5}(?:-[A-Za-z]{2,10}\.\d{1,4})?)/g,
  },
  {
    pattern:
      /\/site-packages\/([A-Za-z][\w]{1,60})-(\d{1,4}\.\d{1,4}(?:\.\d{1,5})?)(?:-py3[\w.]{0,5})?\.(?:egg|dist-info)/g,
  },
  {
    pattern:
      /\b(OpenAI\/Python|AsyncOpenAI\/Python|OpenAI\/JS|Anthropic\/Python|AsyncAnthropic\/Python|Anthropic\/JS|autogen-python|pydantic-ai)[ /](\d{1,4}\.\d{1,4}(?:\.\d{1,5})?)/g,
    name: {
      "OpenAI/Python": "openai",
      "AsyncOpenAI/Python": "openai",
      "OpenAI/JS": "openai",
      "Anthropic/Python": "anthropic",
      "AsyncAnthropic/Python": "anthropic",
      "Anthropic/JS": "@anthropic-ai/sdk",
      "autogen-python": "autogen-core",
    },
  },
];

/** Scopes that carry the version of the framework itself, not that of an instrumentation. */
const SCOPES: Record<string, string> = {
  "pydantic-ai": "pydantic-ai",
  "autogen-core": "autogen-core",
  ai: "ai",
  "@mastra/otel-exporter": "@mastra/core",
  "gcp.vertex.agent": "google-adk",
  agent_framework: "agent-framework",
  "strands.telemetry.tracer": "strands-agents",
};
