import type { Definition } from "./definition.ts";
import type { Json } from "./json.ts";
import type { Provider } from "./provider.ts";

/** What a provider does not take: one row of a table. `broken` gives what is wrong, or null. */
export type Rule = {
  /** Never changes its meaning. */
  id: string;
  /** The cause that `misfire explain` knows. */
  classifier: string;
  /** Who has the rule; null: everyone. */
  providers: readonly Provider[] | null;
  /** `error`: the request is refused. `warning`: it is taken, and read in another way than meant. */
  severity: "error" | "warning";
  /** Only of tools with `strict: true`. */
  strict?: true;
  /** Only where it is certain that the definition goes over the wire as it stands, and no library converts it. */
  asSent?: true;
  /** The documentation, or the words with which it is refused. */
  source: string;
  fix: string;
  /** A definition (of `request` a body, of `tools` a list) that breaks the rule, and one that does not. */
  examples: { broken: unknown; sound: unknown };
} & (
  | { at: "tool"; broken(tool: Definition, provider: Provider): string | null }
  /** `root`: the schema as a whole; `schema`: each schema within it as well. */
  | { at: "root" | "schema"; broken(schema: Json, root: Json): string | null }
  | { at: "tools"; broken(tools: readonly Definition[], provider: Provider): Broken[] }
  | { at: "request"; broken(body: Json, tools: readonly unknown[] | null): string | null }
);

/** `tool` null: all of them. */
export interface Broken {
  tool: string | null;
  message: string;
}

/** A definition with the schema and no other fault, for examples. */
export function example(schema: unknown, more: Json = {}): Json {
  return { name: "find", description: "Finds", parameters: schema, ...more };
}

/** A sound object schema with this property. */
export function withProperty(property: unknown, more: Json = {}): Json {
  return { type: "object", properties: { q: property }, required: ["q"], additionalProperties: false, ...more };
}
