import type { Emit } from "../../records/dialect.ts";
import type { Fact } from "../../records/fact.ts";
import type { OtelLog } from "../../records/records.ts";
import type { Text } from "../../records/text.ts";
import { otelLogDialects } from "../otel-logs.ts";
import { linesOf } from "../testdata/said.ts";

export function log(known: Partial<OtelLog>): OtelLog {
  return {
    timeNs: 5n,
    severity: 9,
    eventName: null,
    body: null,
    attributes: {},
    traceId: "5982fe77008310cc80f1da5e10147538",
    spanId: "90394f6bcffb5d13",
    scopeName: "s",
    resource: {},
    source: "logs.jsonl",
    line: 1,
    ...known,
  };
}

export function say(...logs: OtelLog[]): { lines: string[]; texts: string[]; read: boolean[] } {
  const facts: Fact[] = [];
  const texts: Text[] = [];
  const emit: Emit = { fact: (fact) => void facts.push(fact), text: (text) => void texts.push(text) };
  const read = logs.map((each) => otelLogDialects.some((dialect) => dialect.read(each, emit)));
  const lines = linesOf({ facts, texts, notes: [], dialects: new Set() });
  return { lines, texts: texts.map(({ place, text, flagged }) => `${place} ${flagged} ${text}`), read };
}
