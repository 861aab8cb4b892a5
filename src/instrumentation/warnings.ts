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
 * begin with the same messages are fine. A conversation that the provider keeps takes one run at a time.
 */
export function warnOfSharedHistory(span: Span, run: Run, body: Record<string, unknown>): void {
  if (isLoose(run)) return;
  const history = body["messages"] ?? body["input"] ?? body["contents"];
  if (Array.isArray(history)) {
    const before = histories.get(history);
    histories.set(history, { run, length: history.length });
    if (before !== undefined && before.length !== history.length) warnOfTwo(span, before.run, run, "array of messages");
  }
  const { conversation } = body;
  const id =
    typeof conversation === "object" && conversation !== null ? (conversation as { id?: unknown }).id : conversation;
  if (typeof id !== "string") return;
  const before = conversations.get(id);
  if (conversations.size >= MOST) conversations.clear();
  conversations.set(id, run);
  if (before !== undefined) warnOfTwo(span, before, run, `conversation ${id}`);
}

function warnOfTwo(span: Span, one: Run, other: Run, what: string): void {
  if (one === other || !openRuns.has(one)) return;
  warn(span, "shared-history", `runs ${one.name ?? "?"} and ${other.name ?? "?"} use one ${what} at the same time`);
}

const histories = new WeakMap<object, { run: Run; length: number }>();
const conversations = new Map<string, Run>();

const said = new Set<string>();
const MOST = 2000;
/** One look at each array of tools: agents send the same one with every request. */
const checked = new WeakSet<object>();
