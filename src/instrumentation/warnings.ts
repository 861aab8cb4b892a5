import type { Span } from "./api.ts";
import { schemaProblems } from "../lint-tools.ts";
import { isLoose, openRuns, type Run } from "./run.ts";
import { settings } from "./settings.ts";

/** Says a mistake at the moment it is made: an event on the span, and once per text a line for the logger. */
export function warn(
  span: Span | null,
  kind: string,
  message: string,
  fields: Record<string, string | number> = {},
): void {
  const key = `${kind}\n${message}`;
  if (said.has(key)) return;
  if (said.size >= MOST) said.clear();
  said.add(key);
  span?.addEvent("misfire.warning", { "misfire.warning": kind, "misfire.warning.message": message, ...fields });
  settings().logger?.warn({ misfire: kind, ...fields }, message);
}

/** Schemas that the provider will refuse, names that it does not allow, options of tools without tools. */
export function warnOfRequest(span: Span, provider: string, body: Record<string, unknown>): void {
  const { tools } = body;
  if (typeof tools === "object" && tools !== null) {
    if (checked.has(tools)) return;
    checked.add(tools);
  }
  for (const { tool, path, message, classifier } of schemaProblems(provider, tools, body)) {
    const where = path === "" ? "" : ` at ${path}`;
    warn(span, "schema", tool === null ? message : `${tool}${where}: ${message}`, {
      "misfire.classifier": classifier,
      ...(tool === null ? {} : { "gen_ai.tool.name": tool }),
    });
  }
}

/**
 * A history that two runs fill at the same time: one of them added to it while the other was under way. Runs that only
 * begin with the same messages are fine.
 */
export function warnOfSharedHistory(span: Span, run: Run, history: unknown): void {
  if (!Array.isArray(history) || isLoose(run)) return;
  const before = histories.get(history);
  histories.set(history, { run, length: history.length });
  if (before === undefined || before.run === run || before.length === history.length || !openRuns.has(before.run))
    return;
  warn(
    span,
    "shared-history",
    `runs ${before.run.name ?? "?"} and ${run.name ?? "?"} use one array of messages at the same time`,
  );
}

const histories = new WeakMap<object, { run: Run; length: number }>();

const said = new Set<string>();
const MOST = 2000;
/** One look at each array of tools: agents send the same one with every request. */
const checked = new WeakSet<object>();
