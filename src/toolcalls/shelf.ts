import type { Fact } from "../records/fact.ts";
import { argumentsKey } from "./arguments.ts";
import type { Draft } from "./draft.ts";
import { placeOf } from "./order.ts";

/** Calls by tool and arguments, for facts that name no call id. */
export interface Shelf {
  put(draft: Draft): void;
  /** A call of this tool with these arguments, however many facts it has. */
  any(tool: string | null, argumentsRaw: string | null): Draft | null;
  /** The first call of this tool with these arguments that a history shows and no answer was seen to ask for. */
  shown(tool: string | null, argumentsRaw: string | null): Draft | null;
  /**
   * The earliest call that such a fact fits and that has none like it from the same channel; null when there is none.
   * Not strict: arguments may differ, since tracers wrap them, fill in defaults or lose their names.
   */
  fit(fact: Fact, tool: string | null, argumentsRaw: string | null, strict: boolean): Draft | null;
  /** Remembers where the call was told of: a fact of the same place, or of a span inside it, is about the same call. */
  link(draft: Draft, fact: Fact): void;
}

export function createShelf(drafts: readonly Draft[]): Shelf {
  const every = createLists();
  /** Without the calls that only a history shows: those were carried out elsewhere. */
  const live = createLists();
  const places = new Map<string, Draft>();

  function put(draft: Draft): void {
    every.put(draft);
    if (draft.requests.length > 0 || draft.inHistory === null) live.put(draft);
  }

  function fit(fact: Fact, tool: string | null, argumentsRaw: string | null, strict: boolean): Draft | null {
    const slot = slotOf(fact);
    const lists = fact.kind === "returned" && fact.seenBy === "request" ? every : live;
    const draft =
      linked(fact, tool, slot) ??
      (tool === null ? null : lists.exact(tool, argumentsRaw, slot)) ??
      (strict ? null : (lists.untold(tool, slot) ?? lists.first(tool, slot)));
    draft?.filled.add(slot);
    return draft;
  }

  /** A span inside another about the same tool is the same call; a record tells one such fact of each call. */
  function linked(fact: Fact, tool: string | null, slot: string): Draft | null {
    const fits = (draft: Draft | undefined): draft is Draft =>
      draft !== undefined && (tool === null || draft.tool === tool);
    const { parentSpanId, spanId } = fact.scope;
    const around = places.get(`in ${parentSpanId}`) ?? places.get(`has ${spanId}`);
    if (fits(around)) return around;
    const same = places.get(`at ${placeOf(fact)}`);
    return fits(same) && !same.filled.has(slot) ? same : null;
  }

  for (const draft of drafts) put(draft);
  return {
    put,
    fit,
    any: every.any,
    shown: every.shown,
    link(draft, fact) {
      const { parentSpanId, spanId } = fact.scope;
      places.set(`at ${placeOf(fact)}`, draft);
      if (spanId !== null) places.set(`in ${spanId}`, draft);
      if (spanId !== null && parentSpanId !== null) places.set(`has ${parentSpanId}`, draft);
    },
  };
}

function createLists() {
  const byCall = new Map<string, Draft[]>();
  const byTool = new Map<string, Draft[]>();
  const all: Draft[] = [];
  const cursors = new Map<string, number>();

  /** The first draft of the list whose slot is free; a cursor per list and slot keeps this linear. */
  function next(name: string, list: readonly Draft[] | undefined, slot: string, told: boolean): Draft | null {
    if (list === undefined) return null;
    const cursor = `${told} ${name}\n${slot}`;
    let at = cursors.get(cursor) ?? 0;
    const isTaken = (draft: Draft): boolean => draft.filled.has(slot) || (!told && draft.told.has(slot));
    while (at < list.length && isTaken(list[at]!)) at++;
    cursors.set(cursor, at);
    return list[at] ?? null;
  }

  return {
    put(draft: Draft): void {
      all.push(draft);
      if (draft.tool === null) return;
      push(byTool, draft.tool, draft);
      const key = argumentsKey(draft.argumentsRaw);
      if (key !== null) push(byCall, `${draft.tool}\n${key}`, draft);
    },
    exact(tool: string, argumentsRaw: string | null, slot: string): Draft | null {
      const key = argumentsKey(argumentsRaw);
      return key === null ? null : next(`${tool}\n${key}`, byCall.get(`${tool}\n${key}`), slot, true);
    },
    /** One of which the same channel tells nothing by its id, since it would not tell of the same twice in two ways. */
    untold: (tool: string | null, slot: string): Draft | null =>
      tool === null ? null : next(tool, byTool.get(tool), slot, false),
    first: (tool: string | null, slot: string): Draft | null =>
      tool === null ? next("", all, slot, true) : next(tool, byTool.get(tool), slot, true),
    shown: (tool: string | null, argumentsRaw: string | null): Draft | null => {
      const key = argumentsKey(argumentsRaw);
      const same = tool === null || key === null ? undefined : byCall.get(`${tool}\n${key}`);
      const isShown = ({ requests, inHistory }: Draft): boolean => requests.length === 0 && inHistory !== null;
      return same?.slice(0, MOST_SHOWN).find(isShown) ?? null;
    },
    any: (tool: string | null, argumentsRaw: string | null): Draft | null =>
      tool === null ? null : (byCall.get(`${tool}\n${argumentsKey(argumentsRaw)}`)?.at(-1) ?? null),
  };
}

const MOST_SHOWN = 100;

/** One fact of a kind per channel and call. A start leaves room for the end. */
export function slotOf(fact: Fact): string {
  const part =
    fact.kind === "executed" && fact.outcome === "started" ? "started" : fact.kind === "returned" ? fact.seenBy : "";
  return `${fact.kind} ${part} ${fact.evidence.kind} ${fact.evidence.source}`;
}

function push(map: Map<string, Draft[]>, key: string, draft: Draft): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [draft]);
  else list.push(draft);
}
