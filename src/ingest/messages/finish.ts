/** Why a model stopped, in one vocabulary: `stop`, `length`, `tool_calls`, `content_filter`, `error`; a reason of no other form is kept in lower case. */
export function finishReasonOf(value: unknown): string | null {
  const list = Array.isArray(value) ? value : [value];
  const raw = list.find((reason): reason is string => typeof reason === "string" && reason !== "");
  if (raw === undefined) return null;
  if (raw.startsWith("[")) return finishReasonOf(/[A-Za-z_-]+/.exec(raw)?.[0]);
  const name = (raw.split(",")[0] ?? raw)
    .replace(/^(?:FinishReason|StopReason)\./, "")
    .trim()
    .toLowerCase()
    .replaceAll("-", "_");
  return SAME[name] ?? name;
}

const SAME: Record<string, string> = {
  end_turn: "stop",
  stop_sequence: "stop",
  completed: "stop",
  eos: "stop",
  eos_token: "stop",
  max_tokens: "length",
  max_output_tokens: "length",
  model_length: "length",
  model_context_window_exceeded: "length",
  tool_call: "tool_calls",
  tool_use: "tool_calls",
  function_call: "tool_calls",
  function_calls: "tool_calls",
  // Strands for JS writes them in camel case
  endturn: "stop",
  maxtokens: "length",
  tooluse: "tool_calls",
  refusal: "content_filter",
  safety: "content_filter",
  content_filtered: "content_filter",
  guardrail_intervened: "content_filter",
  prohibited_content: "content_filter",
  blocklist: "content_filter",
  spii: "content_filter",
  recitation: "content_filter",
};
