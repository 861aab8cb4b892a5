import type { Fact } from "../records/fact.ts";
import type { ToolDefinition } from "../records/records.ts";
import type { Definition } from "./definition.ts";
import type { Offer } from "./problems.ts";
import { providerOf, providerOfModel } from "./provider.ts";
import type { Place } from "./report.ts";

/**
 * What a trace, a log or a transcript says was offered, with where it says so; null for other facts and bare names.
 * `provider` is whom the span names; the name of the model goes before it, since clients are pointed at other servers.
 */
export function offerInFact(fact: Fact, provider: string | null): { offer: Offer; place: Place } | null {
  if (fact.kind !== "offered") return null;
  const tools = fact.tools.filter(({ schema }) => schema !== null);
  if (tools.length === 0) return null;
  const known = providerOfModel(fact.scope.model) ?? providerOf(provider);
  const { source, line, traceId, spanId } = fact.evidence;
  return {
    // What stands in telemetry may be converted before it is sent: it is not held to a form.
    offer: {
      tools: tools.map(definition),
      listed: tools,
      body: null,
      providers: known === null ? [] : [known],
      asSent: false,
    },
    place: { source, line, traceId, spanId },
  };
}

function definition({ name, description, schema, output, strict }: ToolDefinition): Definition {
  return { name, description, schema, output, strict: strict === true, form: null, jsonSchema: false };
}
