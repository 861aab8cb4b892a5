/** A model's answer in the AI SDK's form as the body of a Chat Completions answer: what our readers know. */
export function bodyOf(result: object): Record<string, unknown> {
  const { content, finishReason, usage, response } = result as Result;
  const parts = Array.isArray(content) ? content : [];
  const texts = parts.flatMap(({ type, text }) => (type === "text" && typeof text === "string" ? [text] : []));
  const calls = parts
    .filter(({ type }) => type === "tool-call")
    .map(({ toolCallId, toolName, input }) => ({
      id: toolCallId,
      type: "function",
      function: { name: toolName, arguments: input },
    }));
  const message = { role: "assistant", content: texts.length > 0 ? texts.join("") : null, tool_calls: calls };
  return {
    id: response?.id,
    model: response?.modelId,
    choices: [{ message, finish_reason: finishOf(finishReason) }],
    usage: usageOf(usage),
  };
}

/** Parts of a streamed answer as events of Chat Completions; null for what says nothing. One function for each stream. */
export function eventsOf(): (part: unknown) => Record<string, unknown> | null {
  const calls = new Map<unknown, { index: number; length: number }>();
  const tool = (index: number, more: object): Record<string, unknown> => delta({ tool_calls: [{ index, ...more }] });
  const begin = (id: unknown, name: unknown, args: string): Record<string, unknown> => {
    const index = calls.size;
    calls.set(id, { index, length: args.length });
    return tool(index, { id, type: "function", function: { name, arguments: args } });
  };
  const read: Record<string, (part: Part) => Record<string, unknown> | null> = {
    "text-delta": (part) => delta({ content: part.delta }),
    "tool-input-start": ({ id, toolName }) => begin(id, toolName, ""),
    "tool-input-delta": ({ id, delta: args }) => {
      const known = calls.get(id);
      if (known === undefined) return null;
      known.length += args?.length ?? 0;
      return tool(known.index, { function: { arguments: args } });
    },
    // The whole of what the deltas have said; some providers give only this.
    "tool-call": ({ toolCallId, toolName, input }) => {
      const known = calls.get(toolCallId);
      if (known === undefined) return begin(toolCallId, toolName, String(input ?? ""));
      return known.length === 0 ? tool(known.index, { function: { arguments: input } }) : null;
    },
    "response-metadata": ({ id, modelId }) => ({ id, model: modelId }),
    finish: ({ finishReason, usage }) => ({ ...delta({}, finishOf(finishReason)), usage: usageOf(usage) }),
  };
  return (given) => {
    const part = (given ?? {}) as Part;
    return read[String(part.type)]?.(part) ?? null;
  };
}

function delta(fields: object, finish: string | null = null): Record<string, unknown> {
  return { choices: [{ index: 0, delta: fields, finish_reason: finish }] };
}

interface Result {
  content?: { type?: unknown; text?: unknown; toolCallId?: unknown; toolName?: unknown; input?: unknown }[];
  finishReason?: unknown;
  usage?: unknown;
  response?: { id?: unknown; modelId?: unknown };
}

interface Part extends Record<string, unknown> {
  delta?: string;
}

/** Since specification 3 `{ unified, raw }`. `unknown`, and `other` without a word of the provider, stand for none at all. */
function finishOf(reason: unknown): string | null {
  const { unified, raw } = (typeof reason === "object" && reason !== null ? reason : { unified: reason }) as {
    unified?: unknown;
    raw?: unknown;
  };
  if (typeof unified !== "string" || unified === "unknown") return null;
  return unified === "other" && raw === undefined && typeof reason === "object" ? null : unified;
}

/** Since specification 3 `{ total }` for each kind. */
function usageOf(usage: unknown): Record<string, unknown> {
  const { inputTokens, outputTokens } = (usage ?? {}) as { inputTokens?: unknown; outputTokens?: unknown };
  return { prompt_tokens: total(inputTokens), completion_tokens: total(outputTokens) };
}

function total(count: unknown): unknown {
  return typeof count === "object" && count !== null ? (count as { total?: unknown }).total : count;
}
