import { pickText } from "./attributes.ts";
import { has, operationKind } from "./kinds.ts";
import { spanDialect } from "./read.ts";
import { SCORES } from "./table.ts";

/** Vercel AI SDK 3 to 6, and 7 with LegacyOpenTelemetry: `ai.generateText` over `ai.generateText.doGenerate` and `ai.toolCall`. */
export const aiSdk = spanDialect({
  name: "ai-sdk",
  framework: "ai-sdk",
  score: (span) =>
    has(span, "ai.operationId") || span.name.startsWith("ai.")
      ? SCORES.key
      : span.scope.name === "ai"
        ? SCORES.scope
        : 0,
  kind(span) {
    const id = pickText(span.attributes, ["ai.operationId"]) ?? span.name;
    if (id === "ai.toolCall") return "tool";
    if (/\.do(?:Generate|Stream)$/.test(id)) return "model";
    return /^ai\.(?:generate|stream)(?:Text|Object)$/.test(id) ? "agent" : "none";
  },
  keys: { finish: ["ai.response.finishReason", "ai.finishReason"] },
  // Streams of version 4 leave out the calls that they refuse; later ones name the client's version.
  losesCalls: (span) =>
    pickText(span.attributes, ["ai.operationId"])?.endsWith(".doStream") === true &&
    !has(span, "ai.request.headers.user-agent"),
});

/** AI SDK 7 (`@ai-sdk/otel`, scope `gen_ai`): the GenAI conventions, with a span for each step. */
export const aiSdk7 = spanDialect({
  name: "ai-sdk-7",
  framework: "ai-sdk",
  score: (span) => (span.scope.name === "gen_ai" ? SCORES.scope : 0),
  kind: (span) => operationKind(span) ?? "none",
});
