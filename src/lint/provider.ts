/** Who takes tool definitions, each with rules of its own. */
export type Provider = (typeof PROVIDERS)[number];

export const PROVIDERS = ["openai", "anthropic", "gemini", "bedrock", "mcp"] as const;

/** From a name of the GenAI conventions or of a library: `azure.ai.openai`, `gcp.vertex_ai`, `anthropic`; null: not known. */
export function providerOf(name: string | null): Provider | null {
  return find(NAMES, name);
}

/** From the name of a model: `gpt-5`, `us.anthropic.claude-sonnet-5`, `gemini-3-pro`; null: not known. */
export function providerOfModel(model: string | null): Provider | null {
  return find(MODELS, model);
}

function find(table: readonly (readonly [RegExp, Provider])[], text: string | null): Provider | null {
  return text === null ? null : (table.find(([pattern]) => pattern.test(text))?.[1] ?? null);
}

/** Groq, Mistral, Ollama and others speak OpenAI's form and have rules of their own: they are not named here. */
const NAMES: readonly (readonly [RegExp, Provider])[] = [
  [/^(?:az(?:ure)?[._]?(?:ai[._])?)?openai(?:$|[._-])/i, "openai"],
  [/^(?:aws[._])?bedrock/i, "bedrock"],
  [/^(?:anthropic|claude)(?:$|[._-])/i, "anthropic"],
  [/^(?:gcp[._])?(?:gemini|vertex|gen_ai)|^google/i, "gemini"],
  [/^mcp$/i, "mcp"],
];

const MODELS: readonly (readonly [RegExp, Provider])[] = [
  [/^(?:[a-z-]+\.)?(?:anthropic\.claude|amazon\.)/i, "bedrock"],
  [/^(?:bedrock|converse)\//i, "bedrock"],
  [/^(?:(?:openai|azure)\/)?(?:gpt-[3-9]|chatgpt-|o[1-9](?:$|-))/i, "openai"],
  [/^(?:anthropic\/)?claude-/i, "anthropic"],
  [/^(?:(?:google|gemini|vertex_ai|models)\/)?gemini-/i, "gemini"],
];
