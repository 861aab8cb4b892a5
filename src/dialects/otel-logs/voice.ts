import type { Emit } from "../../records/dialect.ts";
import { scopeOf, type Scope } from "../../records/evidence.ts";
import type { OtelLog } from "../../records/records.ts";
import { object } from "../../ingest/json/access.ts";
import { fromJson, pickText } from "../spans/attributes.ts";
import { frameworkOf } from "../spans/frameworks.ts";
import { KEYS } from "../spans/keys.ts";
import { speaker, type Speaker } from "../speaker.ts";

/** Speaks for a log event: its place is the span that it was written in, so that it joins what the span says. */
export function logSpeaker(log: OtelLog, emit: Emit, known: Partial<Scope> = {}): Speaker {
  const { attributes, source, line, traceId, spanId } = log;
  const scope = scopeOf(source, {
    traceId,
    spanId,
    conversation: pickText(attributes, KEYS.conversation),
    agent: pickText(attributes, KEYS.agent),
    model: pickText(attributes, KEYS.model),
    framework: frameworkOf({ scope: { name: log.scopeName }, attributes }),
    ...known,
  });
  return speaker(emit, scope, {
    kind: spanId === null ? "log" : "span",
    source,
    line: spanId === null ? line : null,
    traceId,
    spanId,
  });
}

/** The event's name: an attribute in older SDKs (Rust's tracing has a place in the source beside it), its own field, the body in Claude Code. */
export function eventName(log: OtelLog): string {
  const named = log.attributes["event.name"] ?? log.eventName;
  return typeof named === "string" ? named : typeof log.body === "string" ? log.body : "";
}

/** The event's fields: its body (Semantic Kernel logs it as JSON), or its attributes. */
export function fieldsOf(log: OtelLog): ReturnType<typeof object> {
  return { ...log.attributes, ...object(fromJson(log.body)) };
}
