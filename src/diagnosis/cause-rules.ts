import type { Finding } from "../records/finding.ts";
import type { Draft } from "./incident-draft.ts";

/**
 * Which incident follows from which (DESIGN, "cause before consequence"). A rule takes a consequence and a possible
 * cause; the first rule that holds for a pair makes the link. The cause has to come first, or to name the same call.
 */
export interface CauseRule {
  name: string;
  consequence: RegExp;
  cause: RegExp;
  holds(consequence: Draft, cause: Draft, order: Order): boolean;
}

export interface Order {
  /** True when the first sign of `a` comes before the first of `b`, as far as times and places tell. */
  before(a: Draft, b: Draft): boolean;
  /** True when the two share a run, a trace, a conversation, or (where none is known) a source. */
  together(a: Draft, b: Draft): boolean;
}

export const CAUSE_RULES: CauseRule[] = [
  {
    name: "a wrapper that says only that something failed follows from what it wraps",
    consequence: /^(?:execution\/tool-raised|arguments\/validation-failed)$/,
    cause: /^(?!flow\/|telemetry\/|concurrency\/overload)/,
    holds: (c, k, o) =>
      isVague(c) && !isVague(k) && !isAside(k) && o.together(c, k) && sameTool(c, k) && !namesOtherCalls(c, k),
  },
  {
    name: "runs that share an agent break each other's histories",
    consequence: /^(?:conversation|execution|arguments)\/|^registration\/unknown-tool|^provider\/context-overflow/,
    cause: /^concurrency\/(?:shared-state|already-running)$/,
    holds: (c, _, o) => /^conversation\/|^concurrency\//.test(idOf(c)) || o.together(c, _),
  },
  {
    name: "a history is refused because a call was never answered",
    consequence: /^conversation\/(?:missing-tool-response|orphan-tool-response|invalid-message|invalid-call-id)$/,
    cause:
      /^(?:registration\/(?:tool-not-wired|unknown-tool)|execution\/|result\/|mcp\/|arguments\/|conversation\/invalid-call-id)/,
    holds: (c, k, o) => sharesCall(c, k) || (!namesOtherCalls(c, k) && o.together(c, k) && o.before(k, c)),
  },
  {
    name: "refused calls repeat until a limit",
    consequence: /^flow\/(?:loop|step-limit)$/,
    cause: /^(?!flow\/|telemetry\/|execution\/cancelled$)/,
    holds: (c, k, o) => o.together(c, k) && (o.before(k, c) || sharesCall(c, k)) && !isSameSpan(c, k),
  },
  {
    name: "a loop runs into a limit",
    consequence: /^flow\/step-limit$/,
    cause: /^flow\/loop$/,
    holds: (c, k, o) => o.together(c, k),
  },
  {
    name: "siblings are cancelled when one fails",
    consequence: /^execution\/cancelled$/,
    cause: /^(?:execution\/(?!cancelled)|mcp\/|provider\/|arguments\/|registration\/)/,
    holds: (c, k, o) => o.together(c, k) && !sharesCall(c, k),
  },
  {
    name: "a run that reaches its time limit cancels what is under way, tool or model",
    consequence: /^(?:execution\/(?:cancelled|unanswered|timeout)|provider\/network)$/,
    cause: /^flow\/step-limit$/,
    holds: (c, k, o) => o.together(c, k) && (/cancelled|unanswered/.test(idOf(c)) || isSameSpan(c, k)),
  },
  {
    name: "a run that ended early leaves calls unanswered",
    consequence: /^(?:execution\/unanswered|registration\/tool-not-wired)$/,
    cause:
      /^(?:execution\/(?!unanswered)|mcp\/|provider\/|conversation\/|concurrency\/|arguments\/|result\/|flow\/step-limit|telemetry\/instrumentation-crash|model\/)/,
    holds: (c, k, o) => o.together(c, k),
  },
  {
    name: "a request that was refused leaves the stream without an answer",
    consequence: /^model\/no-call$/,
    cause:
      /^(?:provider\/|schema\/|conversation\/|model\/(?:tools-unsupported|server-not-configured|option-unsupported|content-filtered))/,
    holds: (c, k, o) => o.together(c, k) && o.before(k, c),
  },
  {
    name: "damage in the stream's assembly makes unknown tools and bad JSON",
    consequence: /^(?:registration\/unknown-tool|arguments\/(?:malformed-json|truncated|empty)|conversation\/)/,
    cause: /^arguments\/merged-calls$/,
    holds: (c, k, o) => o.together(c, k),
  },
  {
    name: "a dropped connection cuts the arguments",
    consequence: /^arguments\/(?:truncated|malformed-json)$/,
    cause: /^provider\/network$/,
    holds: (c, k, o) => o.together(c, k) && o.before(k, c),
  },
  {
    name: "too many calls at once make the late ones fail",
    consequence: /^(?:execution|provider|mcp)\//,
    cause: /^concurrency\/overload$/,
    holds: (c, k) => sameTool(c, k),
  },
  {
    name: "a broken MCP session fails the calls on it",
    consequence:
      /^mcp\/(?:connection|protocol|server-error|timeout)$|^execution\/(?:tool-raised|upstream-error|cancelled)$/,
    cause: /^mcp\/(?:auth|connection|protocol)$/,
    holds: (c, k, o) => idOf(c) !== idOf(k) && o.together(c, k) && o.before(k, c),
  },
  {
    name: "a result that could not be turned into text leaves the call without an answer",
    consequence: /^result\/lost$/,
    cause: /^execution\/async-mismatch$/,
    holds: (c, k, o) => sharesCall(c, k) || o.together(c, k),
  },
];

export function idOf(draft: Draft): string {
  return draft.findings[0]!.classifier;
}

/** Both were seen in one span: its status says what its exception does not. */
function isSameSpan(a: Draft, b: Draft): boolean {
  const spansOf = ({ findings }: Draft): string[] =>
    findings.flatMap(({ evidence }) => evidence.flatMap(({ spanId }) => spanId ?? []));
  const spans = new Set(spansOf(a));
  return spansOf(b).some((id) => spans.has(id));
}

/** Every sign of it is a general word. */
function isVague(draft: Draft): boolean {
  return draft.findings.every((f) => f.weight === 0);
}

/** Worth knowing, and nothing that a failure could follow from. */
function isAside(draft: Draft): boolean {
  return draft.findings.every((f) => f.severity === "info");
}

function sameTool(a: Draft, b: Draft): boolean {
  const [x, y] = [a.findings[0]!.tool, b.findings[0]!.tool];
  return x === null || y === null || x === y;
}

function callIds(draft: Draft): Set<string> {
  const ids = new Set<string>();
  for (const f of draft.findings) for (const id of idsOf(f)) ids.add(id);
  return ids;
}

function idsOf(f: Finding): string[] {
  const named = f.facts.callId?.split(/[,\s]+/) ?? [];
  // an id that several calls have says nothing, the key does
  const isKnown = f.callId !== null && f.callKey !== undefined;
  const own = isKnown ? [f.callKey, ...named.filter((id) => id !== f.callId)] : [f.callId, ...named];
  return own.filter((id): id is string => id != null && id !== "");
}

function sharesCall(a: Draft, b: Draft): boolean {
  const ids = callIds(a);
  return [...callIds(b)].some((id) => ids.has(id));
}

/** Both name calls, and none is the same: then the one is not about the other. */
function namesOtherCalls(a: Draft, b: Draft): boolean {
  return callIds(a).size > 0 && callIds(b).size > 0 && !sharesCall(a, b);
}
