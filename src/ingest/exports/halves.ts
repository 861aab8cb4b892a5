import type { Json } from "../json/access.ts";

/**
 * Records that are sent in parts (begun in one message, ended in another), joined by id. What a later part says wins,
 * unless it says nothing. `add` gives the record once it is whole; `rest` gives what never was, oldest first.
 */
export class Halves {
  #isWhole: (record: Json) => boolean;
  #open = new Map<string, Half>();
  #given = new Set<string>();

  constructor(isWhole: (record: Json) => boolean) {
    this.#isWhole = isWhole;
  }

  /** What can be given now: the record itself, or the oldest open one when there are too many. */
  add(id: string, part: Json, line: number): Half[] {
    if (this.#given.has(id)) return [];
    const record = joined(this.#open.get(id)?.record, part);
    this.#open.delete(id);
    if (this.#isWhole(record)) return [this.#give(id, { record, line })];
    this.#open.set(id, { record, line });
    if (this.#open.size <= MOST_OPEN) return [];
    const [oldest] = this.#open as Iterable<[string, Half]>;
    this.#open.delete(oldest![0]);
    return [this.#give(...oldest!)];
  }

  rest(): Half[] {
    const left = [...this.#open.values()];
    this.#open.clear();
    return left;
  }

  /** A part that comes after the end (a score, a late update) makes no second record. */
  #give(id: string, half: Half): Half {
    if (this.#given.size >= MOST_GIVEN) this.#given.clear();
    this.#given.add(id);
    return half;
  }
}

/** A record and the line of its last part. */
export interface Half {
  record: Json;
  line: number;
}

const MOST_OPEN = 1000;
const MOST_GIVEN = 100_000;

function joined(first: Json | undefined, second: Json): Json {
  if (first === undefined) return second;
  const record: Record<string, unknown> = { ...first };
  for (const [key, value] of Object.entries(second))
    if (key !== "__proto__" && (says(value) || !(key in record))) record[key] = value;
  return record;
}

/** LangSmith sends `outputs: {}` where there are none, Langfuse null. */
function says(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}
