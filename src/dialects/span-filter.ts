import { ByteTable } from "../ingest/otlp/byte-table.ts";
import type { Span } from "../records/records.ts";
import type { SpanFilter } from "../records/span-filter.ts";
import { spanDialects } from "./spans.ts";
import { speaksOfCalls } from "./spans/shape.ts";

const keys = new ByteTable((key) => ASKED.has(key) || speaksOfCalls(key) || key.includes("\\"));
const names = new ByteTable((name) => (isHeard({ ...BARE, name }) || name.includes("\\") ? null : name));
const scopes = new Map<string, boolean>();
const MOST_SCOPES = 1024;

/** The spans that some dialect reads. In JSON a name or key with a backslash is not what its bytes say: it passes. */
export const spanFilter: SpanFilter = {
  scope(name) {
    let heard = scopes.get(name);
    if (heard === undefined) {
      heard = isHeard({ ...BARE, scope: { ...BARE.scope, name } });
      if (scopes.size < MOST_SCOPES) scopes.set(name, heard);
    }
    return heard;
  },
  name: (bytes, from, to) => names.get(bytes, from, to),
  key: (bytes, from, to) => keys.get(bytes, from, to),
};

function isHeard(span: Span): boolean {
  return spanDialects.some((dialect) => dialect.score(span) > 0);
}

const BARE: Span = {
  traceId: "",
  spanId: "",
  parentSpanId: null,
  name: "",
  kind: "unspecified",
  startNs: null,
  endNs: null,
  status: { code: "unset", message: null },
  attributes: {},
  events: [],
  links: [],
  dropped: { attributes: 0, events: 0, links: 0 },
  scope: { name: "", version: null, attributes: {} },
  resource: {},
  source: "",
  line: null,
};

/** The attributes that dialects ask a span for before they leave it: a span with none of these is left by all. */
const ASKED = asked();

function asked(): ReadonlySet<string> {
  const all = new Set<string>();
  const attributes = new Proxy<Record<string, unknown>>(
    {},
    {
      get: (_, key) => void all.add(String(key)),
      has: (_, key) => (all.add(String(key)), false),
    },
  );
  isHeard({ ...BARE, attributes });
  return all;
}
