/** Headers of one hop (RFC 9110 section 7.6.1) and those that the Connection header names: the next hop has its own. */
const OF_A_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "transfer-encoding",
  "upgrade",
]);

/** The end-to-end headers in order and in their own spelling: name, value, name, value. `host` takes the place of the Host header. */
export function endToEnd(raw: readonly string[], host: string | null): string[] {
  const named = new Set<string>();
  for (let at = 0; at < raw.length; at += 2) {
    if (raw[at]!.toLowerCase() === "connection")
      for (const name of raw[at + 1]!.split(",")) named.add(name.trim().toLowerCase());
  }
  const kept: string[] = [];
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at]!.toLowerCase();
    if (OF_A_HOP.has(name) || named.has(name)) continue;
    kept.push(raw[at]!, name === "host" && host !== null ? host : raw[at + 1]!);
  }
  return kept;
}

/** Does the request have a body? One without length and encoding has none. */
export function hasBody(headers: NodeJS.Dict<string | string[]>): boolean {
  return headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";
}
