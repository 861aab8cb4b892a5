import { createRequire } from "node:module";

/** Parses YAML with a parser that is loaded at the first call, so that a scan does not pay for it. Throws on broken YAML. */
export function parseYaml(text: string): unknown {
  const { parse } = createRequire(import.meta.url)("yaml") as typeof import("yaml");
  return parse(text, { maxAliasCount: 100, logLevel: "silent" });
}
