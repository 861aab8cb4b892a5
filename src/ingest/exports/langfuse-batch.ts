import { firstText, object, objects, text, type Json } from "../json/access.ts";
import { Halves } from "./halves.ts";

/**
 * What Langfuse's SDKs before version 3 (JS: 4) send to `/api/public/ingestion`: `{batch: [{type, body}]}`. A trace and its
 * observations are created by one event and ended by another; `type` is `trace-create`, `span-create`, `span-update`,
 * `generation-create`, `observation-update`, ...
 */
export function openBatches(): Batches {
  const halves = new Halves((item) => "endTime" in item || item["type"] === "EVENT");
  const traces = new Map<string, Json>();
  const traceOf = ({ record, line }: { record: Json; line: number }): Observation => ({
    item: record,
    trace: traces.get(text(record["traceId"]) ?? "") ?? {},
    line,
  });

  return {
    add(events, line) {
      const whole = [];
      for (const event of events) {
        const body = object(event["body"]);
        const [, kind = ""] = EVENT.exec(text(event["type"]) ?? "") ?? [];
        const id = firstText(body["id"]);
        if (id === null || kind === "score") continue;
        if (kind !== "trace") {
          const type = kind === "observation" ? body["type"] : kind.toUpperCase();
          whole.push(...halves.add(id, { ...body, type }, line).map(traceOf));
        } else if (traces.size < MOST_TRACES || traces.has(id)) {
          traces.set(id, { id, sessionId: body["sessionId"] ?? traces.get(id)?.["sessionId"] });
        }
      }
      return whole;
    },
    rest: () => halves.rest().map(traceOf),
  };
}

export interface Batches {
  /** The observations that are whole with these events. */
  add(events: readonly Json[], line: number): Observation[];
  /** Those that never ended. */
  rest(): Observation[];
}

export interface Observation {
  item: Json;
  trace: Json;
  line: number;
}

/** The events of a document: a batch, a list of events, one event; null when it holds none. */
export function eventsIn(value: unknown): Json[] | null {
  const batch = object(value)["batch"];
  const list = Array.isArray(batch) ? objects(batch) : Array.isArray(value) ? objects(value) : [object(value)];
  return Array.isArray(batch) || list.some(isLangfuseEvent) ? list : null;
}

export function isLangfuseEvent(event: Json): boolean {
  return EVENT.test(text(event["type"]) ?? "") && typeof event["body"] === "object" && event["body"] !== null;
}

const EVENT =
  /^(trace|span|generation|event|observation|score|agent|tool|chain|retriever|evaluator|embedding|guardrail)-(?:create|update)$/;
const MOST_TRACES = 10_000;
