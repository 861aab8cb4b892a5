import type { Span } from "../../records/records.ts";
import type { SpanFilter } from "../../records/span-filter.ts";
import { COMMA, passBlank, passFields, passItems, passValue } from "../json/pass.ts";
import { parseJson } from "../json/parse.ts";
import { object, text } from "../json/access.ts";
import { ByteTable } from "./byte-table.ts";
import { SpanScan } from "./span-scan.ts";

/**
 * Finds the spans of one request in OTLP JSON that may say what `filter` asks for, and the heads of the others, without parsing
 * any: `{"resourceSpans":[{"resource":{},"scopeSpans":[{"scope":{"name":""},"spans":[{}]}]}]}`, in any spelling of the names.
 * Null when the bytes are of another form: they may be JSON or not.
 */
export function scanRequest(bytes: Uint8Array, filter: SpanFilter, source: string): FoundSpans[] | null {
  const found: FoundSpans[] = [];
  const scan = new SpanScan(bytes, filter);
  const around = { scope: { name: "", version: null, attributes: {} }, resource: {}, source };

  function resourceSpans(from: number): number {
    const groups: FoundSpans[] = [];
    let resource: Range | null = null;
    const end = passFields(bytes, from, (name, nameEnd, at) => {
      const field = FIELDS.get(bytes, name, nameEnd);
      if (field === "groups") return passItems(bytes, at, (each) => scopeSpans(each, groups));
      const to = passValue(bytes, at);
      if (field === "resource") resource = [at, to];
      return to;
    });
    for (const group of groups) found.push({ ...group, resource });
    return end;
  }

  function scopeSpans(from: number, groups: FoundSpans[]): number {
    const spans: FoundSpans["spans"] = [];
    let scope: Range | null = null;
    let isAsked = filter.scope("");
    let isLate = false;
    const end = passFields(bytes, from, (name, nameEnd, at) => {
      const field = FIELDS.get(bytes, name, nameEnd);
      if (field === "spans") {
        isLate = true;
        return passItems(bytes, at, (each) => {
          const to = scan.pass(each, isAsked);
          if (to >= 0) spans.push(scan.isHeard ? [each, to] : scan.head(around));
          return to;
        });
      }
      const to = passValue(bytes, at);
      // a scope behind its spans would come too late to tell
      if (field === "scope") {
        if (isLate) return -1;
        scope = [at, to];
        isAsked = to < 0 || filter.scope(text(object(parseJson(bytes.subarray(at, to)))["name"]) ?? "");
      }
      return to;
    });
    if (spans.length > 0) groups.push({ resource: null, scope, spans });
    return end;
  }

  const end = passFields(bytes, passBlank(bytes, 0), (name, nameEnd, at) =>
    FIELDS.get(bytes, name, nameEnd) === "resources" ? passItems(bytes, at, resourceSpans) : -1,
  );
  return end >= 0 && isRest(bytes, end) ? found : null;
}

/** White space, or the comma that a list of requests has between them. */
function isRest(bytes: Uint8Array, from: number): boolean {
  const at = passBlank(bytes, from);
  return at === bytes.length || (bytes[at] === COMMA && passBlank(bytes, at + 1) === bytes.length);
}

/** One scope's spans, with what they were sent in: byte ranges; of quiet spans their heads, still without what is around them. */
export interface FoundSpans {
  resource: Range | null;
  scope: Range | null;
  spans: (Range | Span)[];
}
export type Range = readonly [from: number, to: number];

const NAMES: Readonly<Record<string, string>> = {
  resourceSpans: "resources",
  resource_spans: "resources",
  batches: "resources",
  resource: "resource",
  scopeSpans: "groups",
  scope_spans: "groups",
  instrumentationLibrarySpans: "groups",
  instrumentation_library_spans: "groups",
  scope: "scope",
  instrumentationLibrary: "scope",
  instrumentation_library: "scope",
  spans: "spans",
};
const FIELDS = new ByteTable((name) => (Object.hasOwn(NAMES, name) ? NAMES[name] : undefined));
