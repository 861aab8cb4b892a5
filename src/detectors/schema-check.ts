import { jsonOf } from "../toolcalls/arguments.ts";

/**
 * A JSON Schema check that says how a value breaks the schema. It compiles nothing and runs no pattern of the input
 * (`pattern` and `format` are not checked), follows local references only, and stops at a depth.
 */
export interface Violation {
  kind: "unexpected" | "missing" | "type" | "value";
  /** The argument at fault, `items[2].id` where it lies deeper. */
  path: string;
  expected: string;
  received: string;
  /** `unexpected`: the schema forbids other names, and does not merely leave them out. */
  strict: boolean;
  /** Names that the object may have, at the place of an unexpected or missing one. */
  names: string[];
}

export function violationsOf(schema: unknown, value: unknown): Violation[] {
  return check(schema, value, "", { root: schema, depth: 0, left: { checks: MOST_CHECKS } }).slice(0, MOST);
}

const MOST = 50;
const MAX_DEPTH = 24;
const KEYS = 500;
/** Alternatives within alternatives multiply: after so many the rest passes. */
const MOST_CHECKS = 20_000;

interface Place {
  root: unknown;
  depth: number;
  left: { checks: number };
}
type Schema = Record<string, unknown>;

function check(given: unknown, value: unknown, path: string, place: Place): Violation[] {
  const schema = resolve(given, place.root);
  if (schema === null || place.depth > MAX_DEPTH || place.left.checks-- <= 0) return [];
  const inner = { ...place, depth: place.depth + 1 };
  const all = list(schema["allOf"]).flatMap((part) => check(part, value, path, inner));
  const any = [list(schema["anyOf"]), list(schema["oneOf"])].flatMap((parts) => bestOf(parts, value, path, inner));
  const wrong = typeViolation(schema, value, path);
  if (wrong !== null) return [wrong, ...all];
  const own = [
    ...valueViolations(schema, value, path),
    ...(isObject(value) ? objectViolations(schema, value, path, inner) : []),
  ];
  const items =
    Array.isArray(value) && isSchema(schema["items"])
      ? value.slice(0, KEYS).flatMap((item: unknown, n) => check(schema["items"], item, `${path}[${n}]`, inner))
      : [];
  return [...own, ...items, ...any, ...all];
}

/** None where one alternative fits; else what the nearest one says, or that no type fits. */
function bestOf(parts: readonly unknown[], value: unknown, path: string, place: Place): Violation[] {
  if (parts.length === 0) return [];
  const found = parts.slice(0, 32).map((part) => check(part, value, path, place));
  if (found.some((violations) => violations.length === 0)) return [];
  const fitting = found.filter(
    (violations) => !violations.some(({ kind, path: at }) => kind === "type" && at === path),
  );
  if (fitting.length > 0) return fitting.toSorted((a, b) => a.length - b.length)[0]!;
  const expected = found.flatMap((violations) =>
    violations.filter(({ kind, path: at }) => kind === "type" && at === path).map((one) => one.expected),
  );
  return [
    {
      kind: "type",
      path,
      expected: [...new Set(expected)].join(" or "),
      received: typeName(value),
      strict: true,
      names: [],
    },
  ];
}

function typeViolation(schema: Schema, value: unknown, path: string): Violation | null {
  const types = (Array.isArray(schema["type"]) ? schema["type"] : [schema["type"]])
    .filter((type) => typeof type === "string")
    .map((type) => type.toLowerCase());
  if (
    types.length === 0 ||
    types.some((type) => hasType(value, type)) ||
    (value === null && schema["nullable"] === true)
  )
    return null;
  return { kind: "type", path, expected: types.join(" or "), received: typeName(value), strict: true, names: [] };
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case "integer":
      return typeof value === "number" && Number.isInteger(value);
    case "number":
    case "string":
    case "boolean":
      return typeof value === type;
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    default:
      return true;
  }
}

/** `enum`, `const` and bounds. */
function valueViolations(schema: Schema, value: unknown, path: string): Violation[] {
  const wrong = (expected: string): Violation => ({
    kind: "value",
    path,
    expected,
    received: jsonOf(value).slice(0, 200),
    strict: true,
    names: [],
  });
  const allowed = Array.isArray(schema["enum"]) ? schema["enum"] : "const" in schema ? [schema["const"]] : null;
  if (allowed !== null && !allowed.some((one) => jsonOf(one) === jsonOf(value)))
    return [
      wrong(
        allowed
          .slice(0, 50)
          .map((one) => jsonOf(one))
          .join(", "),
      ),
    ];
  const size =
    typeof value === "number" ? value : typeof value === "string" || Array.isArray(value) ? value.length : null;
  if (size === null) return [];
  const [least, most, unit] =
    typeof value === "number"
      ? ["minimum", "maximum", ""]
      : typeof value === "string"
        ? ["minLength", "maxLength", " characters"]
        : ["minItems", "maxItems", " items"];
  const bound = (name: string): number | null => (typeof schema[name] === "number" ? schema[name] : null);
  if ((bound(least) ?? -Infinity) > size) return [wrong(`at least ${bound(least)}${unit}`)];
  if ((bound(most) ?? Infinity) < size) return [wrong(`at most ${bound(most)}${unit}`)];
  if (typeof value === "number" && (bound("exclusiveMinimum") ?? -Infinity) >= value)
    return [wrong(`more than ${bound("exclusiveMinimum")}`)];
  if (typeof value === "number" && (bound("exclusiveMaximum") ?? Infinity) <= value)
    return [wrong(`less than ${bound("exclusiveMaximum")}`)];
  return [];
}

function objectViolations(schema: Schema, value: Schema, path: string, place: Place): Violation[] {
  const properties = isObject(schema["properties"]) ? schema["properties"] : null;
  const names = Object.keys(properties ?? {});
  const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
  const about = { expected: names.join(", "), received: Object.keys(value).join(", ").slice(0, 400), names };
  const missing = list(schema["required"])
    .filter((name): name is string => typeof name === "string" && !Object.hasOwn(value, name))
    .map((name): Violation => ({ kind: "missing", path: at(name), strict: true, ...about }));
  const rest = schema["additionalProperties"];
  const isOpen = properties === null || rest === true || isObject(rest) || "patternProperties" in schema;
  const unexpected = isOpen
    ? []
    : Object.keys(value)
        .filter((name) => !Object.hasOwn(properties, name))
        .map((name): Violation => ({ kind: "unexpected", path: at(name), strict: rest === false, ...about }));
  const inside = names
    .slice(0, KEYS)
    .flatMap((name) => (Object.hasOwn(value, name) ? check(properties![name], value[name], at(name), place) : []));
  return [...unexpected, ...missing, ...inside];
}

/** Follows `#/$defs/X`; null for anything that is no schema object. */
function resolve(given: unknown, root: unknown): Schema | null {
  let schema = given;
  for (let hops = 0; isSchema(schema) && typeof schema["$ref"] === "string"; hops++) {
    const ref: string = schema["$ref"];
    if (!ref.startsWith("#") || hops > 16) return null;
    schema = ref
      .slice(1)
      .split("/")
      .filter((part) => part !== "")
      .reduce<unknown>(
        (at, part) => (isObject(at) && Object.hasOwn(at, unescaped(part)) ? at[unescaped(part)] : undefined),
        root,
      );
  }
  return isSchema(schema) ? schema : null;
}

function unescaped(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}

function isSchema(value: unknown): value is Schema {
  return isObject(value);
}

function isObject(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function typeName(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}
