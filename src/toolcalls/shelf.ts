import type { Fact } from "../records/fact.ts";
import { argumentsKey } from "./arguments.ts";
import type { Draft } from "./draft.ts";

/** Calls by tool and arguments, for facts that name no call id. */
export interface Shelf {
  put(draft: Draft): void;
  /** A call of this tool with these arguments, however many facts it has. */
  any(tool: string | null, argumentsRaw: string | null): Draft | null;
  /**
   * The earliest call that such a fact fits and that has none like it from the same channel; null when there is none.
   * Not strict: arguments may differ, since tracers wrap them, fill in defaults or lose their names.
   */
  fit(fact: Fact, tool: string | null, argumentsRaw: string | null, strict: boolean): Draft | null;
  /** Remembers the span that told of the call: a span inside it about the same tool is the same call. */
  link(draft: Draft, fact: Fact): void;
}

export function createShelf(drafts: readonly Draft[]): Shelf {
  const exact = new Map<string, Draft[]>();
  const byTool = new Map<string, Draft[]>();
  const all: Draft[] = [];
  const cursors = new Map<string, number>();
  const spans = new Map<string, Draft>();

  function put(draft: Draft): void {
    all.push(draft);
    if (draft.tool === null) return;
    push(byTool, draft.tool, draft);
    const key = argumentsKey(draft.argumentsRaw);
    if (key !== null) push(exact, `${draft.tool}\n${key}`, draft);
  }

  function fit(fact: Fact, tool: string | null, argumentsRaw: string | null, strict: boolean): Draft | null {
    const slot = slotOf(fact);
    const linked =
      tool === null ? undefined : (spans.get(`in ${fact.scope.parentSpanId}`) ?? spans.get(`has ${fact.scope.spanId}`));
    const key = argumentsKey(argumentsRaw);
    const draft =
      (linked?.tool === tool ? linked : undefined) ??
      (tool !== null && key !== null ? next(`${tool}\n${key}`, exact.get(`${tool}\n${key}`), slot) : null) ??
      (strict ? null : tool === null ? next("", all, slot) : next(tool, byTool.get(tool), slot));
    draft?.filled.add(slot);
    return draft;
  }

  /** The first draft of the list whose slot is free; a cursor per list and slot keeps this linear. */
  function next(name: string, list: readonly Draft[] | undefined, slot: string): Draft | null {
    if (list === undefined) return null;
    const cursor = `${name}\n${slot}`;
    let at = cursors.get(cursor) ?? 0;
    while (at < list.length && list[at]!.filled.has(slot)) at++;
    cursors.set(cursor, at);
    return list[at] ?? null;
  }

  for (const draft of drafts) put(draft);
  return {
    put,
    fit,
    any: (tool, raw) => (tool === null ? null : (exact.get(`${tool}\n${argumentsKey(raw)}`)?.at(-1) ?? null)),
    link(draft, { scope }) {
      if (scope.spanId === null) return;
      spans.set(`in ${scope.spanId}`, draft);
      if (scope.parentSpanId !== null) spans.set(`has ${scope.parentSpanId}`, draft);
    },
  };
}

/** One fact of a kind per channel and call. A start leaves room for the end. */
function slotOf(fact: Fact): string {
  const part =
    fact.kind === "executed" && fact.outcome === "started" ? "started" : fact.kind === "returned" ? fact.seenBy : "";
  return `${fact.kind} ${part} ${fact.evidence.kind} ${fact.evidence.source}`;
}

function push(map: Map<string, Draft[]>, key: string, draft: Draft): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [draft]);
  else list.push(draft);
}
