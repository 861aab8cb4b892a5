/** The fields outside of the deltas: later ones win, usage and ids are kept from wherever they come. */
export function mergeFields(raw: Record<string, unknown>, event: unknown): Record<string, unknown> {
  if (typeof event !== "object" || event === null) return raw;
  const json = event as Record<string, unknown>;
  for (const part of [json, json["response"], json["message"]]) {
    if (typeof part !== "object" || part === null) continue;
    for (const key of KEPT) {
      const value = (part as Record<string, unknown>)[key];
      if (value === undefined || value === null) continue;
      raw[key] = key === "usage" && typeof value === "object" ? { ...(raw[key] as object), ...value } : value;
    }
  }
  return raw;
}
const KEPT = [
  "id",
  "responseId",
  "model",
  "modelVersion",
  "usage",
  "usageMetadata",
  "prompt_eval_count",
  "eval_count",
  "service_tier",
  "system_fingerprint",
];
