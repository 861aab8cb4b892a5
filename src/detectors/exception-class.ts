import type { Stage } from "../records/life.ts";

/**
 * The class that the type of an exception alone tells, where its words tell no more: the standard exceptions of Python,
 * Node's codes, and the names that client libraries build of the same words. Null for those that say nothing of the kind.
 */
export function classOfException(type: string): { classifier: string; stage: Stage } | null {
  const name = type.slice(0, 200).replace(/:[^]*$/, "");
  const found = CLASSES.find(([pattern]) => pattern.test(name));
  return found === undefined ? null : { classifier: found[1], stage: found[2] ?? "executed" };
}

const CLASSES: readonly (readonly [type: RegExp, classifier: string, stage?: Stage])[] = [
  [
    /(?:Tool|Function|Skill)_?NotFound|NoSuchTool|Unknown_?(?:Tool|Function)/i,
    "registration/unknown-tool",
    "looked up",
  ],
  [
    /(?:Schema|Inputs?|Arguments?|Param(?:eter)?s?)_?Validation_?(?:Error|Failed)/i,
    "arguments/validation-failed",
    "validated",
  ],
  [/Time(?:d ?)?[Oo]ut|ETIMEDOUT|Deadline_?Exceeded/i, "execution/timeout"],
  [/cancel|abort/i, "execution/cancelled"],
  [
    /Permission_?(?:Error|Denied)|Access_?Denied|Forbidden|Unauthori[sz]ed|EACCES|EPERM/i,
    "execution/permission-denied",
  ],
  [
    /File_?Not_?Found|NotADirectory|ENOENT|NoSuch(?:File|Key|Bucket|Entity|Table)|(?:Resource|Object|Record|Item|Entity|Row|Document)_?(?:Not_?Found|DoesNotExist)|DoesNotExist/i,
    "execution/resource-missing",
  ],
  [
    /Connect(?:ion)?_?(?:Error|Refused|Reset|Aborted)|BrokenPipe|ECONN(?:REFUSED|RESET|ABORTED)|ENOTFOUND|EAI_AGAIN|Network_?Error|Service_?Unavailable|Bad_?Gateway|Internal_?Server_?Error|HTTP_?Server_?Error|External_?(?:API|Service)_?Error|Upstream|(?:^|\.)ServerError$/i,
    "execution/upstream-error",
  ],
];
