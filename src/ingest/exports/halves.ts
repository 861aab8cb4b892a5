import type { Sink } from "../../records/format.ts";
import type { Span } from "../../records/records.ts";
import type { Json } from "../json/access.ts";
import type { JsonHandler } from "../json/reader.ts";
import { giveSpans } from "./span.ts";

/** What sets one product's records in parts apart. */
interface InHalves {
  cut: readonly string[];
  isWhole(record: Json): boolean;
  /** The parts in a document, each with its record's id. */
  partsIn(value: unknown): Iterable<readonly [id: string | null, part: Json]>;
  spanOf(record: Json, source: string, line: number): Span | null;
}

/** A handler that makes a span of each record once it is whole. */
export function halvesHandler({
  cut,
  isWhole,
  partsIn,
  spanOf,
}: InHalves): (source: string, sink: Sink) => JsonHandler {
  return (source, sink) => {
    const halves = new Halves(isWhole);
    const give = (list: readonly Half[]): number =>
      giveSpans(
        list.map(({ record, line }) => spanOf(record, source, line)),
        sink,
      );
    return {
      cut,
      document(value, { line }) {
        let count = 0;
        for (const [id, part] of partsIn(value)) {
          if (id === null) sink.drop("span without id");
          else count += give(halves.add(id, part, line));
        }
        return count;
      },
      end: () => give(halves.rest()),
    };
  };
}

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
