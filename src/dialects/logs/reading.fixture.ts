import type { LogDialect } from "../../records/dialect.ts";
import { scopeOf } from "../../records/evidence.ts";
import type { Fact } from "../../records/fact.ts";
import type { LogRecord } from "../../records/records.ts";
import type { Text } from "../../records/text.ts";

/** A record as the framer gives it. */
export function record(text: string, more: Partial<LogRecord> = {}): LogRecord {
  const lines = text.split("\n").map((_, n) => n + 1);
  const scope = scopeOf("app.log");
  return {
    line: 1,
    byteOffset: 0,
    byteLength: text.length,
    time: null,
    level: null,
    logger: null,
    text,
    exception: null,
    lines,
    fields: {},
    envelopes: [],
    hits: null,
    truncated: false,
    scope,
    ...more,
  };
}

/** What a dialect says of records, in short. */
export function reading(dialect: LogDialect, ...records: (string | LogRecord)[]) {
  const reader = dialect.open();
  const facts: Fact[] = [];
  const texts: Text[] = [];
  const verdicts = records.map((one, n) => {
    const given = typeof one === "string" ? record(one) : one;
    return reader.read(
      { ...given, line: 10 * n + 1, byteOffset: 1000 * n },
      { fact: (fact) => facts.push(fact), text: (text) => texts.push(text) },
    );
  });
  return {
    verdicts,
    facts,
    kinds: facts.map(({ kind }) => kind),
    requested: facts.flatMap((fact) =>
      fact.kind === "requested" ? [[fact.call.id, fact.call.name, fact.call.argumentsRaw]] : [],
    ),
    returned: facts.flatMap((fact) =>
      fact.kind === "returned"
        ? [[fact.result.callId, fact.result.tool, fact.result.content, fact.result.isError]]
        : [],
    ),
    texts: texts.map(({ place, text, flagged }) => [place, text, flagged]),
  };
}

/** True when the dialect's literals let such a record through to it. */
export function isWanted({ literals }: LogDialect, text: string): boolean {
  const lower = text.toLowerCase();
  return literals.some((literal) => lower.includes(literal));
}
