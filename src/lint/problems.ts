import type { Definition } from "./definition.ts";
import { isObject, type Json } from "./json.ts";
import { PROVIDERS, type Provider } from "./provider.ts";
import type { Rule } from "./rule.ts";
import { RULES } from "./rules.ts";
import { walk } from "./walk.ts";

/** A place where a tool definition, or a request with it, breaks a rule of the provider that it is for. */
export interface Problem {
  /** Null: the request or the tools as a whole. */
  tool: string | null;
  /** Inside the schema, `properties.city.items`; empty for the whole. */
  path: string;
  rule: string;
  /** The id for `misfire explain`. */
  classifier: string;
  severity: "error" | "warning";
  message: string;
  fix: string;
  /** Who refuses it, of those that were asked for. */
  providers: Provider[];
}

/** What is offered in one request, or stands in one file. */
export interface Offer {
  tools: readonly Definition[];
  /** The list of tools as it stands there; null: there is none. */
  listed: readonly unknown[] | null;
  /** The body of the request, where it is known. */
  body: Json | null;
  /** Of several, only what everybody refuses is an error. None: nobody is known, and only that is looked for. */
  providers: readonly Provider[];
  /** The definitions go over the wire to these providers as they stand, whatever their form. */
  asSent: boolean;
}

/** Checks definitions against the rules of the providers; one problem for each rule and place, at most 500. */
export function problemsOf(offer: Offer): Problem[] {
  const known = offer.providers.length > 0;
  const asked = known ? offer.providers : PROVIDERS;
  const exact = offer.providers.length === 1;
  const found = new Map<string, Problem>();
  for (const rule of RULES)
    for (const provider of rule.providers ?? asked) {
      if (!asked.includes(provider) || (!known && rule.providers !== null)) continue;
      apply(rule, provider, offer, exact, (tool, path, message) => {
        const key = `${rule.id}\n${tool ?? ""}\n${path}\n${message}`;
        const before = found.get(key);
        if (before !== undefined) before.providers.push(provider);
        else if (found.size < MOST)
          found.set(key, {
            tool,
            path,
            rule: rule.id,
            classifier: rule.classifier,
            severity: exact || rule.providers === null ? rule.severity : "warning",
            message,
            fix: rule.fix,
            providers: [provider],
          });
      });
    }
  return [...found.values()].filter(({ providers }) => known || providers.length === PROVIDERS.length);
}

const MOST = 500;

type Say = (tool: string | null, path: string, message: string) => void;

function apply(rule: Rule, provider: Provider, offer: Offer, exact: boolean, say: Say): void {
  if (rule.at === "request") {
    const message = offer.body === null ? null : rule.broken(offer.body, offer.listed);
    if (message !== null) say(null, "", message);
    return;
  }
  const sent = (tool: Definition): boolean =>
    tool.form === provider || (offer.asSent && exact) ? !(provider === "gemini" && tool.jsonSchema) : false;
  const tools = offer.tools.filter(
    (tool) => (rule.strict !== true || tool.strict) && (rule.asSent !== true || sent(tool)),
  );
  if (rule.at === "tools") for (const { tool, message } of rule.broken(tools, provider)) say(tool, "", message);
  else for (const tool of tools) one(rule, provider, tool, (path, message) => say(nameOf(tool), path, message));
}

function one(
  rule: Exclude<Rule, { at: "request" | "tools" }>,
  provider: Provider,
  tool: Definition,
  say: (path: string, message: string) => void,
): void {
  const tell = (path: string, message: string | null): void => void (message !== null && say(path, message));
  if (rule.at === "tool") return tell("", rule.broken(tool, provider));
  const root = tool.schema;
  if (!isObject(root)) return;
  if (rule.at === "root") return tell("", rule.broken(root, root));
  walk(root, (schema, path) => tell(path, rule.broken(schema, root)));
}

function nameOf({ name }: Definition): string {
  return name ?? "(without a name)";
}
