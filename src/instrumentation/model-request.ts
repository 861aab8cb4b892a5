/** What an application asks a model for, whatever SDK it asks with. */
export interface ModelRequest {
  /** `openai`, `anthropic`, ... as the conventions spell them. */
  provider: string;
  operation: "chat" | "generate_content";
  body: Record<string, unknown>;
  /** The base URL that the client talks to. */
  url: string | null;
}
