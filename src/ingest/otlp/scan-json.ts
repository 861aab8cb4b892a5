import { QuietSpans, type Around } from "../../records/quiet-spans.ts";
import type { SpanFilter } from "../../records/span-filter.ts";
import { COMMA, passBlank, passFields, passItems, passValue } from "../json/pass.ts";
import { parseJson } from "../json/parse.ts";
import { object, text } from "../json/access.ts";
import { ByteTable } from "./byte-table.ts";
import { SpanScan } from "./span-scan.ts";

/**
 * Finds the spans of one request in OTLP JSON that may say what `filter` asks for, and keeps the places of the others, without
 * parsing any: `{"resourceSpans":[{"resource":{},"scopeSpans":[{"scope":{"name":""},"spans":[{}]}]}]}`, in any spelling of the names.
 * Null when the bytes are of another form: they may be JSON or not.
 */
export function scanRequest(bytes: Uint8Array, filter: SpanFilter, source: string): Found | null {
  const found: FoundSpans[] = [];
  const quiet = new QuietSpans();
  const scan = new SpanScan(bytes, filter, quiet);

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
    const spans: Range[] = [];
    const around: Around = { scope: { name: "", version: null, attributes: {} }, resource: {}, source };
    let scope: Range | null = null;
    let isAsked = filter.scope("");
    let isLate = false;
    const end = passFields(bytes, from, (name, nameEnd, at) => {
      const field = FIELDS.get(bytes, name, nameEnd);
      if (field === "spans") {
        isLate = true;
        return passItems(bytes, at, (each) => {
          const to = scan.pass(each, isAsked, around);
          if (to >= 0 && scan.isHeard) spans.push([each, to]);
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
    groups.push({ resource: null, scope, spans, around });
    return end;
  }

  const end = passFields(bytes, passBlank(bytes, 0), (name, nameEnd, at) =>
    FIELDS.get(bytes, name, nameEnd) === "resources" ? passItems(bytes, at, resourceSpans) : -1,
  );
  return end >= 0 && isRest(bytes, end) ? { groups: found, quiet } : null;
}

/** White space, or the comma that a list of requests has between them. */
function isRest(bytes: Uint8Array, from: number): boolean {
  const at = passBlank(bytes, from);
  return at === bytes.length || (bytes[at] === COMMA && passBlank(bytes, at + 1) === bytes.length);
}

export interface Found {
  groups: FoundSpans[];
  quiet: QuietSpans;
}

/** One scope's spans that may say something, with what they were sent in, as ranges of bytes. */
export interface FoundSpans {
  resource: Range | null;
  scope: Range | null;
  spans: Range[];
  /** What stands around its quiet spans: filled in when it is parsed. */
  around: Around;
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
