import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { formats } from "../../ingest/formats.ts";
import { sniff } from "../../ingest/sniff.ts";
import type { Emit } from "../../records/dialect.ts";
import type { Fact } from "../../records/fact.ts";
import type { Sink } from "../../records/format.ts";
import type { Span } from "../../records/records.ts";
import type { Text } from "../../records/text.ts";
import { exchangeDialects } from "../exchanges.ts";
import { otelLogDialects } from "../otel-logs.ts";
import { spanDialects } from "../spans.ts";

/** All that the dialects say about a capture of the repository, as short lines for tests. */
export interface Said {
  facts: Fact[];
  texts: Text[];
  notes: string[];
  dialects: Set<string>;
}

/** A capture of the repository, or a packed one of this folder. */
export function readCapture(name: string): Said {
  if (name.endsWith(".gz")) return readBytes(gunzipSync(readFileSync(new URL(name, import.meta.url))));
  return readBytes(readFileSync(new URL(`../../../test/captures/${name}`, import.meta.url)));
}

export function readBytes(bytes: Uint8Array): Said {
  const said: Said = { facts: [], texts: [], notes: [], dialects: new Set() };
  const emit: Emit = {
    fact: (fact) => void said.facts.push(fact),
    text: (text) => void said.texts.push(text),
    note: (note) => void said.notes.push(note),
  };
  const sink: Sink = {
    log: () => {},
    span: (span) => said.dialects.add(readSpan(span, emit)),
    otelLog: (log) => void otelLogDialects.some((dialect) => dialect.read(log, emit)),
    exchange: (exchange) => exchangeDialects.forEach((dialect) => dialect.read(exchange, emit)),
    drop: () => {},
    note: () => {},
  };
  const told = sniff(bytes.subarray(0, 65536), bytes.length <= 65536);
  const reader = formats.find(({ name }) => name === told.format)!.open("capture", sink);
  reader.push(bytes);
  reader.end();
  return said;
}

/** Reads a span by the dialect with the highest score; gives its name. */
export function readSpan(span: Span, emit: Emit): string {
  const scored = spanDialects.map((dialect) => ({ dialect, score: dialect.score(span) }));
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  if (best.score === 0) return "none";
  best.dialect.read(span, emit);
  return best.dialect.name;
}

/** One line per fact, without what repeats: history that was sent before, offers that did not change. */
export function linesOf({ facts }: Said): string[] {
  const lines = facts.flatMap((fact): string[] => {
    switch (fact.kind) {
      case "offered":
        return [`offered ${fact.tools.map(({ name, schema }) => (schema === null ? `${name}?` : name)).join(" ")}`];
      case "asked":
        return fact.messages.flatMap(({ results }) =>
          results.map((result) => `shown ${result.callId} ${flag(result.isError)}${short(result.content)}`),
        );
      case "answered":
        return [`answered ${fact.finishReason}${fact.complete ? "" : " incomplete"}`];
      case "requested":
        return [`requested ${fact.call.id} ${fact.call.name} ${fact.call.argumentsRaw}`];
      case "executed":
        return [
          `executed ${fact.callId} ${fact.tool} ${fact.argumentsRaw} ${fact.outcome}${fact.error === null ? "" : ` ${fact.error.type}`}`,
        ];
      case "returned":
        return [`returned ${fact.result.callId} ${flag(fact.result.isError)}${short(fact.result.content)}`];
      case "model-failed":
        return [`model-failed ${fact.status} ${fact.code} ${short(fact.message)}`];
      case "run-ended":
        return [`run ${fact.outcome}`];
      case "looked-up":
      case "validated":
      case "parsed":
        return [`${fact.kind} ${fact.tool} ${fact.ok}`];
      default:
        return [];
    }
  });
  return [...new Set(lines)];
}

function flag(isError: boolean | null): string {
  return isError === null ? "" : isError ? "(error) " : "(ok) ";
}

function short(text: string): string {
  return JSON.stringify(text.length > 48 ? `${text.slice(0, 48)}…` : text);
}
