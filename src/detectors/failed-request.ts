import type { Run, Turn } from "../records/call.ts";
import type { Detector } from "../records/detector.ts";
import { recordOf } from "../records/evidence.ts";
import type { Finding } from "../records/finding.ts";
import { runFinding } from "./finding.ts";

/**
 * A request to a model that failed, by its status and the type of its exception, whatever its words. Weight 0: what a text
 * says of the same request is more specific, and settling leaves this out beside it.
 */
export const failedRequest: Detector = {
  name: "failed-request",
  reports: ["provider/rate-limited", "provider/overloaded", "provider/auth", "provider/network"],
  skip: ({ runs }) =>
    runs.every(({ turns }) => turns.every(({ messages, answer, error }) => (messages ?? answer ?? error) === null))
      ? "no model requests: spans of chat, or a log of them"
      : null,
  detect: ({ runs }) => runs.flatMap((run) => run.turns.flatMap((turn, at) => judge(run, turn, at) ?? [])),
};

function judge(run: Run, turn: Turn, at: number): Finding | null {
  const { error, scope } = turn;
  const classifier = error === null ? null : classOf(error);
  if (error === null || classifier === null) return null;
  const isRecovered = run.turns.slice(at + 1).some(({ answer }) => answer !== null);
  const isLast = at === run.turns.length - 1;
  const finding = runFinding("failed-request", run, {
    classifier,
    stage: "requested",
    confidence: "likely",
    weight: 0,
    facts: {
      ...(scope.model === null ? {} : { model: scope.model }),
      ...(error.status === null ? {} : { providerStatus: String(error.status) }),
      ...(error.type === null ? {} : { exception: error.type }),
    },
    modifiers: isRecovered ? ["recovered"] : isLast ? ["fatal"] : [],
    evidence: [turn.evidence],
    message: `request failed ${error.status ?? error.type}`,
    time: turn.time,
  });
  return { ...finding, scope: { ...scope, run: finding.scope.run } };
}

function classOf({ status, type, message }: NonNullable<Turn["error"]>): string | null {
  const name = type ?? /^([A-Z]\w{2,80}(?:Error|Exception)): /.exec(message)?.[1] ?? "";
  return CLASSES.find(([codes, words]) => codes.includes(status ?? 0) || words.test(name))?.[2] ?? null;
}

/** HTTP status, or the word that the clients of all providers build their exceptions' names of. */
const CLASSES: readonly (readonly [codes: readonly number[], words: RegExp, classifier: string])[] = [
  [[429], /Rate_?Limit|Too_?Many_?Requests|ThrottlingException/i, "provider/rate-limited"],
  [[401, 403], /Authentication|PermissionDenied|Unauthori[sz]ed/i, "provider/auth"],
  [[408], /Time(?:d_?)?out|APIConnection|Connect(?:ion)?_?Error|ReadError|RemoteProtocolError/i, "provider/network"],
  [
    [500, 502, 503, 504, 529],
    /Overloaded|Service_?Unavailable|Internal_?Server|ServerError|ModelNotReady/i,
    "provider/overloaded",
  ],
];

/** Without those of this detector beside which another finding tells of the same request. */
export function withoutDoubles(findings: readonly Finding[]): Finding[] {
  const isOurs = ({ by }: Finding): boolean => by === "detector:failed-request";
  if (!findings.some(isOurs)) return [...findings];
  const told = new Set(
    findings.filter((finding) => !isOurs(finding)).flatMap(({ evidence }) => evidence.map(recordOf)),
  );
  return findings.filter((finding) => !isOurs(finding) || !finding.evidence.some((seen) => told.has(recordOf(seen))));
}
