import type { ToolCall } from "../records/call.ts";
import type { Case, Detector } from "../records/detector.ts";
import { callFinding } from "./finding.ts";

/** A tool that was offered to the model and that nobody can execute: not registered, or offered in another request only. */
export const notExecutable: Detector = {
  name: "not-executable",
  reports: ["registration/tool-not-wired"],
  skip: ({ calls }) =>
    calls.length > 0 && calls.every(({ offered }) => offered === null)
      ? "no tool definitions: gen_ai.tool.definitions"
      : null,
  detect(the) {
    const offered = offeredAnywhere(the);
    return the.calls.flatMap((call) => {
      const why = judge(call, offered);
      return why === null
        ? []
        : callFinding("not-executable", call, {
            classifier: "registration/tool-not-wired",
            stage: "looked up",
            weight: 3,
            message: why,
          });
    });
  },
};

const NOT_FOUND =
  /^(?:Error: )?(?:(?:The )?(?:Function|Tool) ['"`]?([\w.-]{1,120})['"`]? (?:is )?not (?:found|available)|Unknown tool(?: name)?:? ['"`]?([\w.-]{1,120})|tool '([\w.-]{1,120})' not found|([\w.-]{1,120}) is not a valid tool\b)/i;

function judge(call: ToolCall, offered: ReadonlySet<string>): string | null {
  const { tool, results, requested } = call;
  if (!requested || tool === null || call.offered === null) return null;
  const isOffered = call.offered.some(({ name }) => name === tool);
  if (isOffered && results.some(({ content }) => NOT_FOUND.exec(content)?.slice(1).includes(tool)))
    return "offered, not found";
  const isIdle = results.length === 0 && call.executions.length === 0;
  return call.offered.length === 0 && isIdle && offered.has(tool) ? "called where nothing is offered" : null;
}

function offeredAnywhere({ calls, runs }: Case): Set<string> {
  const lists = [
    ...calls.map((call) => call.offered),
    ...runs.flatMap(({ turns }) => turns.map((turn) => turn.offered)),
  ];
  return new Set(new Set(lists).values().flatMap((tools) => tools?.map(({ name }) => name) ?? []));
}
