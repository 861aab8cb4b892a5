import type { TapExchange } from "./exchange.ts";

/** The JSON-RPC messages of an exchange with an MCP server (streamable HTTP), request first; null when it is none. */
export function framesOf({ request, response, events }: TapExchange): object[] | null {
  if (!isFrame(request)) return null;
  const answers = events ?? (Array.isArray(response) ? response : [response]);
  return [request, ...answers.filter(isFrame)];
}

function isFrame(value: unknown): value is object {
  return typeof value === "object" && value !== null && (value as Record<string, unknown>)["jsonrpc"] === "2.0";
}
