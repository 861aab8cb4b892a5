import type { RequestedCall } from "../../records/records.ts";
import type { StreamFault } from "./assembled.ts";

/** One delta of a call: what is absent is null. */
export interface CallDelta {
  /** Null: the provider sends none (Gemini's OpenAI endpoint): an id or a name begins a call. */
  index: number | string | null;
  id: string | null;
  name: string | null;
  arguments: string | null;
}

/**
 * Calls that arrive in pieces, keyed by index. A new id under a known index, or a new name after arguments, is another
 * call: servers exist that send all parallel calls under index 0, and clients that trust the index glue them.
 */
export function callSlots(): {
  push(delta: CallDelta): void;
  calls(): RequestedCall[];
  faults(complete: boolean): StreamFault[];
} {
  const order: Slot[] = [];
  const current = new Map<number | string, Slot>();
  const faults = new Set<StreamFault>();

  return {
    push(delta) {
      const index = delta.index ?? (delta.id === null && delta.name === null ? LAST : order.length);
      let slot = index === LAST ? order.at(-1) : current.get(index);
      if (slot === undefined || isAnother(slot, delta)) {
        if (slot !== undefined) faults.add("shared-index");
        if (order.length >= MAX_CALLS) return;
        slot = { id: null, name: null, arguments: [], length: 0 };
        order.push(slot);
        current.set(index, slot);
      }
      slot.id ??= delta.id;
      if (delta.name !== null && delta.name !== slot.name) slot.name = (slot.name ?? "") + delta.name;
      if (delta.arguments === null || slot.length > MAX_LENGTH) return;
      slot.arguments.push(delta.arguments);
      slot.length += delta.arguments.length;
    },
    calls: () =>
      order.map(({ id, name, arguments: parts }) => ({
        id,
        name,
        argumentsRaw: parts.length === 0 ? null : parts.join(""),
      })),
    faults(complete) {
      if (order.some(({ id }) => id === null)) faults.add("no-id");
      if (!complete && order.some((slot) => !isWhole(slot))) faults.add("unfinished-call");
      return [...faults];
    },
  };
}

interface Slot {
  id: string | null;
  name: string | null;
  arguments: string[];
  length: number;
}

const LAST = "last";
const MAX_CALLS = 1024;
const MAX_LENGTH = 1 << 26;

function isAnother(slot: Slot, delta: CallDelta): boolean {
  if (delta.id !== null && slot.id !== null) return delta.id !== slot.id;
  if (delta.name === null || slot.length === 0) return false;
  // A name after arguments: a new call, unless the server repeats the name with every delta.
  return delta.name !== slot.name || (isWhole(slot) && /^\s*\{/.test(delta.arguments ?? ""));
}

function isWhole(slot: Slot): boolean {
  try {
    JSON.parse(slot.arguments.join(""));
    return true;
  } catch {
    return false;
  }
}
