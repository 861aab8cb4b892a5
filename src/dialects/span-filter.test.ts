import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { otlpJson } from "../ingest/otlp/json.ts";
import { collect } from "../ingest/otlp/testdata/collect.ts";
import type { Span } from "../records/records.ts";
import { spanFilter } from "./span-filter.ts";
import { spanDialects } from "./spans.ts";

const ROOT = new URL("../../test/captures/", import.meta.url).pathname;
const SPANS = globSync("*/*/traces.jsonl", { cwd: ROOT })
  .sort()
  .flatMap((path, n) => (n % 4 === 0 ? spansOf(readFileSync(ROOT + path, "utf8")) : []));

test("no span is quiet that a dialect reads", () => {
  const read = SPANS.filter(isRead);
  expect(read.length).toBeGreaterThan(100);
  expect(read.filter((span) => !passes(span))).toEqual([]);
});

test("no attribute alone makes a span one that a dialect reads, and quiet", () => {
  const scopes = [...new Set(SPANS.map(({ scope }) => scope.name)), "app"];
  const seen = new Set<string>();
  const lost: string[] = [];
  for (const span of SPANS) {
    for (const [key, value] of Object.entries(span.attributes)) {
      const mark = `${key} ${String(value).slice(0, 40)}`;
      if (seen.has(mark)) continue;
      seen.add(mark);
      for (const name of scopes) {
        const bare = { ...span, name: "x", scope: { ...span.scope, name }, attributes: { [key]: value }, ...CALM };
        if (isRead(bare) && !passes(bare)) lost.push(`${name}: ${mark}`);
      }
    }
  }
  expect(lost).toEqual([]);
});

test("what other instrumentations write is quiet", () => {
  for (const scope of [
    "",
    "@opentelemetry/instrumentation-http",
    "opentelemetry.instrumentation.httpx",
    "io.opentelemetry.jdbc",
  ])
    expect(spanFilter.scope(scope), scope).toBe(false);
  for (const key of [
    "http.request.method",
    "db.query.text",
    "messaging.operation.name",
    "rpc.method",
    "code.function.name",
  ])
    expect(asks("key", key), key).toBe(false);
  for (const name of ["GET /claims", "SELECT claims", "fs readFile"]) expect(asks("name", name), name).toBe(false);
});

test("a key or name that is escaped in JSON passes", () => {
  expect(asks("key", String.raw`gen_ai\u002etool.name`)).toBe(true);
  expect(asks("name", String.raw`execute_tool\u0020x`)).toBe(true);
});

const CALM = { events: [], status: { code: "unset", message: null } } as const satisfies Partial<Span>;

function isRead(span: Span): boolean {
  return spanDialects.some((dialect) => dialect.score({ ...span, ...CALM }) > 0);
}

function passes({ scope, name, attributes }: Span): boolean {
  return spanFilter.scope(scope.name) || asks("name", name) || Object.keys(attributes).some((key) => asks("key", key));
}

function asks(what: "key" | "name", text: string): boolean {
  const bytes = Buffer.from(`..${text}.`);
  const said = spanFilter[what](bytes, 2, bytes.length - 1);
  return said === null || said === true;
}

function spansOf(text: string): Span[] {
  return collect((sink) => {
    for (const line of text.split("\n"))
      if (line !== "") otlpJson("s", sink).document(JSON.parse(line), { line: 1, byteOffset: 0 });
  }).spans;
}
